#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Nobody is missed: what is told, how, and when it is withdrawn.

    TEST_CHATFLOWD=… TEST_CHATFLOW=… alerts.py
"""

import array
import base64
import math
import os
import signal
import subprocess
import unittest
import wave

from alerting import RATE, Case, Visitor, new_id, note, power, until
from hands import Hands
from services import Services

OWN, CHOSEN = 1730, 2210  # Hz: of no sound of ours
EMOJI = '🦀' * 500
TRICKY = '<b>Ana</b> & "Co"'


class Alerts(Case):
    loud = True

    @classmethod
    def prepare(cls):
        """A site that calls nobody, and a sound of one's own; nobody becomes urgent in the middle."""
        cls.empty(waiting_less_than=600)
        sound = cls.tone('own.wav', OWN)
        cls.quiet_site = cls.server.second_site()
        cls.preferences = '[sites]\n%s=nothing\n[assigned]\nfile=%s\n' % (cls.quiet_site['id'], sound)

    @classmethod
    def tone(cls, name, frequency):
        """The path of a new file with half a second of it."""
        path = os.path.join(cls.desktop.folder, name)
        with wave.open(path, 'wb') as file:
            file.setparams((1, 2, RATE, 0, 'NONE', ''))
            file.writeframes(array.array('h', (int(12000 * math.sin(2 * math.pi * frequency * i / RATE)) for i in range(RATE // 2))).tobytes())
        return path

    def test_00_the_first_copy_does_not_storm(self):
        self.assertRegex(self.first['title'], r'^\d+ new messages in \d+ conversations$')
        self.assertEqual(self.first['urgency'], 1)
        for told in self.urgent:
            self.assertIn('Has been waiting for', told['body'])
            self.assertEqual(told['urgency'], 2)

    def test_01_new_conversation(self):
        mark = self.loudspeaker.rest()
        visitor, told = self.fresh(TRICKY, '<i>Hi</i> & where?')
        self.assertEqual(told['title'], TRICKY)
        self.assertIn('New conversation', told['body'])
        self.assertIn('&lt;i&gt;Hi&lt;/i&gt; &amp; where?', told['body'])
        self.assertEqual(told['actions'], ['default', 'accept', 'mute'])
        self.assertEqual(told['image'], [96, 96, 96 * 4, True, 8, 4, 96 * 96 * 4])
        self.assertEqual(told['replaces'], 0)
        sound = self.loudspeaker.heard(mark)
        self.assertGreater(power(sound, note(0)), 20 * power(sound, note(12)), 'another sound')
        self.app.until(lambda: self.services.count > 0 and self.window_title().startswith('(%d) ' % self.services.count), 'the number in the title and on the launcher')
        self.server.close(visitor.conversation)
        while self.services.next('close')['id'] != told['id']:
            pass

    def test_02_a_name_of_500_emoji(self):
        with self.assertRaises(AssertionError):
            Visitor(self.server, EMOJI)  # the server takes 100 characters
        Visitor(self.server, EMOJI[:100]).start('x' * 8000)
        told = self.told(EMOJI[:60] + '…')
        self.assertLess(len(told['body']), 300)

    def test_03_accept_reply_replace_withdraw(self):
        mark = self.loudspeaker.rest()
        visitor = self.accepted('Vera')
        self.loudspeaker.heard(mark)  # however late, so that it is not taken for the next one
        self.app.until(lambda: self.heading() == 'Vera', 'her conversation')
        self.unfocus()
        mark = self.loudspeaker.rest()
        visitor.say('one')
        first = self.services.next('notify')
        self.assertEqual((first['title'], first['body'], first['replaces']), ('Vera', 'one', 0))
        self.assertEqual(first['actions'], ['default', 'reply', 'mute'])
        sound = self.loudspeaker.heard(mark)
        self.assertGreater(power(sound, note(7)), 20 * power(sound, note(11)), 'another sound')  # not what a theme of the desktop calls a message
        visitor.say('two')
        second = self.services.next('notify')
        self.assertEqual((second['body'], second['replaces'], second['id']), ('two', first['id'], first['id']))
        position = self.server.conversation(visitor.conversation)['last_position']
        self.server.call('POST', '/conversations/%s/read' % visitor.conversation, {'position': position}, self.server.token)
        self.assertEqual(self.services.next('close')['id'], second['id'])
        self.accepted('Ulla')
        self.app.until(lambda: self.heading() == 'Ulla', 'the other conversation')
        self.unfocus()
        visitor.say('three')
        third = self.services.next('notify')
        self.assertEqual((third['body'], third['replaces']), ('three', 0))
        self.services.order('invoke', third['id'], 'reply')
        self.app.until(lambda: self.heading() == 'Vera', 'her conversation again')
        self.app.type('On it')
        composer = self.app.find('text', 'Reply')
        self.app.until(lambda: self.app.text(composer) == 'On it', 'the words in the composer, which nobody has clicked')
        self.app.clear(composer)

    def test_04_not_what_is_before_the_eyes(self):
        visitor = self.accepted('Wanda')
        self.app.until(lambda: self.heading() == 'Wanda', 'her conversation')
        self.app.focus()
        self.app.settle()
        visitor.say('I am on your screen')
        self.app.find(None, lambda name: 'I am on your screen' in name)
        self.fresh('Xenia')  # comes after it, and is the first to be told
        self.unfocus()

    def test_05_a_colleague_has_their_photo(self):
        """It comes by itself into what is shown already, and at once into what is told next; without one there are the initials."""
        visitor = self.accepted('Wilma')
        self.unfocus()
        other = self.server.colleague()
        agents = self.server.call('GET', '/agents', token=other)['records']
        colleague = next(r for r in agents if r['email'] == self.server.demo['agents'][1]['email'])
        path = os.path.join(self.desktop.folder, 'colleague.png')
        subprocess.run(['convert', '-size', '64x64', 'xc:#20c0e0', path], check=True)
        with open(path, 'rb') as file:
            picture = base64.b64encode(file.read()).decode()

        def mention(text, channel=None):
            if channel:
                self.server.call('POST', '/channels/%s/messages' % channel, {'id': new_id(), 'text': text}, other)
            else:
                self.server.call('POST', '/conversations/%s/notes' % visitor.conversation,
                                 {'id': new_id(), 'text': text, 'mentions': [self.agent_id()]}, other)

        def is_photo(told):
            return all(abs(got - wanted) < 12 for got, wanted in zip(told['colour'], (0x20, 0xc0, 0xe0, 255)))

        def is_shown(text):
            """The photo, be it that the disc with the initials was there first."""
            told = self.services.next('notify')
            self.assertIn(text, told['body'])
            first = told
            if not is_photo(told):
                told = self.services.next('notify')
                self.assertEqual((told['title'], told['body'], told['actions'], told['replaces']), (first['title'], first['body'], first['actions'], first['id']))
            self.assertTrue(is_photo(told), told)
            self.assertEqual(told['image'], [96, 96, 96 * 4, True, 8, 4, 96 * 96 * 4])
            return told

        mention('Without a face')
        told = self.told(colleague['name'] + ' mentioned you')
        self.assertFalse(is_photo(told), told)
        self.server.call('POST', '/agents/photo', {'picture': picture}, other)
        told = self.services.next('notify')
        self.assertEqual((told['title'], told['replaces']), (colleague['name'] + ' mentioned you', told['id']))
        self.assertIn('Without a face', told['body'])
        self.assertTrue(is_photo(told), told)
        mention('With a face')
        is_shown('With a face')
        records = self.server.call('POST', '/channels/direct', {'agent_id': self.agent_id()}, other)['records']
        mention('Among ourselves', next(r['id'] for r in records if r['type'] == 'channel'))
        self.assertEqual(is_shown('Among ourselves')['title'], colleague['name'])
        visitor.say('And mine are the initials')
        told = self.told('Wilma')
        self.assertFalse(is_photo(told), told)

    def test_05_mute(self):
        visitor = self.accepted('Yvonne')
        self.unfocus()
        visitor.say('hear me')
        told = self.services.next('notify')
        self.services.order('invoke', told['id'], 'mute')
        self.is_kept(visitor.conversation)
        visitor.say('nobody hears me')
        self.fresh('Zoe')

    def test_05_a_site_that_calls_nobody(self):
        self.unfocus()
        Visitor(self.server, 'Hush', self.quiet_site['key']).start('nobody is called')
        self.fresh('Aloud')  # comes after it, and is the first to be told

    def test_05_a_sound_of_ones_own(self):
        self.unfocus()
        visitor, _ = self.fresh('Berta')
        mark = self.loudspeaker.rest()
        self.server.call('POST', '/conversations/%s/assign' % visitor.conversation, {'event_id': new_id(), 'agent_id': self.agent_id()}, self.server.colleague())
        self.told('Berta')
        sound = self.loudspeaker.heard(mark)
        self.assertGreater(power(sound, OWN), 20 * power(sound, note(0)), 'another sound')
        self.assertGreater(power(sound, OWN), 20 * power(sound, note(7)), 'another sound')

    def test_05_a_sound_is_chosen(self):
        """In the desktop's dialog: it is heard at once, and ChatFlow's own is a click away."""
        frame = self.settings('Notifications')
        mark = self.loudspeaker.rest()
        self.point_in_settings(self.app.find('label', 'New message', frame))
        choose = self.app.find('push button', 'New message: Choose a file', frame)
        self.app.until(lambda: self.app.extents(choose)[2] > 0, 'what unfolds')
        choose.do_action(0)
        Hands.choose_file(self, 'Choose a Sound', self.tone('bell.wav', CHOSEN))
        self.app.find_text('bell.wav', frame)
        self.is_kept('bell.wav')
        chosen = self.loudspeaker.heard(mark)
        self.assertGreater(power(chosen, CHOSEN), 20 * power(chosen, OWN), 'another sound')
        self.app.click('push button', 'New message: Back to ChatFlow’s own sound', frame)
        self.app.until(lambda: not any('bell.wav' in words for words in self.app.labels(frame)), 'the file to be forgotten')
        mark = self.loudspeaker.rest()
        self.app.click('push button', 'New message: Play the sound', frame)
        self.assertGreater(power(chosen, CHOSEN), 20 * power(self.loudspeaker.heard(mark), CHOSEN), 'the file is still played')
        self.unfocus()

    def test_06_many_at_once_and_after_a_pause(self):
        self.app.process.send_signal(signal.SIGSTOP)
        self.server.stop()
        self.server.start()
        for i in range(5):
            Visitor(self.server, 'Late %d' % i).start('hello').say('are you there?')
        self.app.process.send_signal(signal.SIGCONT)
        told = self.services.next('notify')
        self.assertEqual(told['title'], '5 new messages in 5 conversations')
        self.assertEqual(told['actions'], ['default'])

    def test_07_away_when_idle(self):
        self.services.order('idle')
        self.app.until(lambda: self.app.all('label', 'Away'), 'away')
        self.services.order('active')
        self.app.until(lambda: self.app.all('label', 'Online'), 'online')

    def test_08_a_service_without_actions(self):
        self.services.stop()
        type(self).services = Services('body')
        _, told = self.fresh('Plain', '<i>Hi</i>')
        self.assertEqual(told['actions'], [])
        self.assertIn('<i>Hi</i>', told['body'])

    def test_09_no_service_is_said_once(self):
        self.services.stop()
        type(self).services = Services('none')
        Visitor(self.server, 'Quiet').start('hello')
        self.app.find_text('This desktop shows no notifications')
        self.app.until(lambda: 'Quiet' in self.app.labels() or self.app.key('ctrl+2'), 'the conversation all the same')

    def test_10_sign_out_withdraws(self):
        self.services.stop()
        type(self).services = Services()
        _, told = self.fresh('Last')
        self.app.until(lambda: self.window_title().startswith('('), 'a number in the title')
        self.app.key('F10')
        self.app.click(None, lambda name: 'Sign out' in name and 'everywhere' not in name)
        ids = set()
        while told['id'] not in ids:
            ids.add(self.services.next('close')['id'])
        self.app.until(lambda: self.window_title() == 'ChatFlow' and self.services.count == 0, 'no number in the title and on the launcher')


if __name__ == '__main__':
    unittest.main(verbosity=2)
