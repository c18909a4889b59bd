#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who does not want to be disturbed is not: quiet hours, the bell, sites; and who waits for too long gets through all the same, if that is wanted.

    TEST_CHATFLOWD=… TEST_CHATFLOW=… TEST_SHIMS=… alerts-quiet.py

The clock is set, nobody waits for it. There is no sound server, of which the client speaks once.
"""

import contextlib
import datetime
import os
import shutil
import subprocess
import unittest

from alerting import LIBRARY, Case, Visitor, new_id, until

MINUTE = datetime.timedelta(minutes=1)


def next_monday():
    """Some Monday to come, at midnight UTC, which is the client's zone."""
    today = datetime.datetime.now(datetime.timezone.utc).replace(hour=0, minute=0, second=0, microsecond=0)
    return today + datetime.timedelta(days=7 - today.weekday())


@contextlib.contextmanager
def there(visitor):
    """A function that lets them "come" and "go", and returns when the staff knows."""
    server = visitor.server
    socket = server.url.replace('http', 'ws', 1) + '/api/v1/socket'
    with subprocess.Popen(['node', os.path.join(LIBRARY, 'visitor-there.mjs'), socket, visitor.site, visitor.token, server.colleague()],
                          stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        def order(word):
            process.stdin.write(word + '\n')
            process.stdin.flush()
            if process.stdout.readline() != word + '\n':
                raise AssertionError('they did not ' + word)
        try:
            yield order
        finally:
            process.terminate()


class Quiet(Case):
    monday = next_monday()
    found = None
    timed = monday + 10 * 60 * MINUTE
    preferences = '[alerts]\nquiet=true\n[quiet-hours]\nmonday=09:00-17:00;\n' + ''.join(
        '%s=\n' % day for day in ('tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'))

    @classmethod
    def prepare(cls):
        cls.empty()
        cls.number = 0

    @classmethod
    def settle(cls):
        """Nobody waits."""

    def at(self, hour, minute=0, day=0, week=0):
        self.clock.set(self.monday + datetime.timedelta(days=day + 7 * week, hours=hour, minutes=minute))

    def bell(self, words):
        """It says so as soon as it is looked at; until then it follows in its own time."""
        bell = self.the_bell()
        self.app.until(lambda: bell.get_name() == words, words)

    def the_bell(self):
        if not self.found:
            type(self).found = self.app.until(lambda: next((item for role in ('push button', 'toggle button') for item in self.app.all(
                role, lambda name: (name or '').startswith('Alerts are'))), None), 'the bell')
        return self.found

    def untold(self):
        """Somebody new, and that the client has heard of it."""
        type(self).number += 1
        name = 'Unheard %d' % self.number
        visitor = Visitor(self.server, name).start('hello')
        self.app.find('label', name, self.inbox)
        self.server.close(visitor.conversation)
        return name

    def told_now(self):
        type(self).number += 1
        visitor, _ = self.fresh('Heard %d' % self.number)
        self.server.close(visitor.conversation)

    def mute(self, words, then):
        """By the menu of the bell, which then says that. The settings, when they are open, may lie above it."""
        subprocess.run(['xdotool', 'windowraise', self.app.window()], check=True)
        self.app.point(self.the_bell())
        self.app.click('menu item', words)
        self.bell(then)
        self.unfocus()

    def test_1_the_hours_of_a_weekday(self):
        self.app.key('ctrl+4')
        self.unfocus()
        self.bell('Alerts are muted until 17:00')
        self.untold()
        self.at(16, 59)
        self.untold()
        self.at(17, 0)
        self.told_now()
        self.at(10, 0, day=1)
        self.told_now()

    def test_2_the_sound_that_could_not_be_played_is_spoken_of_once(self):
        self.app.until(lambda: self.app.output().count('a sound was not played') == 1, 'one line of the log')

    def waits(self):
        """Somebody waits for eleven minutes, and the client has looked."""
        type(self).number += 1
        name = 'Waiting %d' % self.number
        visitor = Visitor(self.server, name).start('hello')
        self.app.find('label', name, self.inbox)
        self.clock.forward(11 * MINUTE)
        return visitor, name

    def test_3_urgent_breaks_through_if_that_is_wanted(self):
        self.at(10, week=1)
        visitor, name = self.waits()
        told = self.told(name)
        self.assertEqual(told['urgency'], 2)
        self.assertIn('Has been waiting for', told['body'])
        self.server.close(visitor.conversation)
        self.switch('Urgent breaks through', False)
        self.is_kept('urgent-breaks=false')
        visitor, _ = self.waits()
        self.switch('Show what was written', False)  # whatever is chosen, it is looked who waits
        self.is_kept('previews=false')
        self.untold()
        self.server.close(visitor.conversation)
        self.at(17, 30, week=1)
        self.told_now()
        self.switch('Show what was written', True)
        self.switch('Urgent breaks through', True)

    def test_4_the_bell(self):
        for words, span, until_words in (('Mute for 30 minutes', 30, '18:30'), ('Mute for 1 hour', 60, '19:00'), ('Mute for 2 hours', 120, '20:00')):
            self.at(18, 0, week=1)
            self.mute(words, 'Alerts are muted until ' + until_words)
            self.untold()
            self.at(18, span - 1, week=1)
            self.untold()
            self.at(18, span + 1, week=1)
            self.told_now()

    def test_5_until_tomorrow(self):
        self.at(18, 0, day=1, week=1)
        self.mute('Mute until tomorrow', 'Alerts are muted until Wednesday 08:00')
        self.at(7, 59, day=2, week=1)
        self.untold()
        self.at(8, 0, day=2, week=1)
        self.told_now()

    def test_6_taken_back(self):
        self.at(9, 0, day=2, week=1)
        self.mute('Mute for 2 hours', 'Alerts are muted until 11:00')
        self.untold()
        self.mute('Unmute', 'Alerts are on')
        self.told_now()

    def test_7_a_mute_that_ends_in_the_past_is_none(self):
        self.app.stop()
        # There is no keyring here: it signs in as on a new computer, on which the preferences are there already.
        shutil.rmtree(os.path.join(os.environ['XDG_DATA_HOME'], 'chatflow'))
        with open(self.kept(), encoding='utf-8') as file:
            text = file.read()
        past = round((self.monday - datetime.timedelta(days=30)).timestamp() * 1000)
        self.keep(text.replace('[alerts]', '[alerts]\nmuted-until=%d' % past) + '[muted]\n%s=%d\n' % (self.agent_id(), past))
        self.at(12, day=3, week=1)
        type(self).found = type(self).frame = None
        self.start_client()
        self.app.key('ctrl+4')
        self.unfocus()
        self.bell('Alerts are on')
        self.told_now()
        self.switch('Show what was written', False)
        self.switch('Show what was written', True)
        until(lambda: 'muted-until' not in open(self.kept(), encoding='utf-8').read(), 'it is not kept any longer')

    def choose(self, button, item):
        """In a menu of the window, which the settings, when they are open, may lie above."""
        subprocess.run(['xdotool', 'windowraise', self.app.window()], check=True)
        self.app.point(self.app.find(None, lambda name: (name or '').startswith(button)))
        self.app.click('menu item', item)

    def test_8_a_conversation_that_is_muted_in_its_menu(self):
        self.at(12, day=4, week=1)
        visitor = self.accepted('Mona')
        self.app.until(lambda: self.heading() == 'Mona', 'her conversation')
        self.server.call('POST', '/conversations/%s/messages' % visitor.conversation, {'id': new_id(), 'text': 'One moment'}, self.server.token)
        self.choose('More actions', 'Mute for 1 hour')
        self.is_kept(visitor.conversation)
        self.unfocus()
        visitor.say('nobody hears me')
        self.told_now()
        self.server.call('POST', '/conversations/%s/messages' % visitor.conversation, {'id': new_id(), 'text': 'I am back'}, self.server.token)
        self.clock.forward(61 * MINUTE)
        visitor.say('now you do')
        self.assertEqual(self.told('Mona')['body'], 'now you do')
        self.server.close(visitor.conversation)

    def test_8_whoever_is_here_again_after_five_minutes(self):
        self.at(12, day=5, week=1)
        visitor = self.accepted('Cora')
        self.unfocus()
        self.server.call('POST', '/conversations/%s/messages' % visitor.conversation, {'id': new_id(), 'text': 'One moment'}, self.server.token)
        with there(visitor) as order:
            order('come')
            order('go')
            self.told_now()  # the client has heard of what was before
            self.clock.forward(4 * MINUTE)
            order('come')
            order('go')
            self.told_now()
            self.clock.forward(6 * MINUTE)
            order('come')
            self.assertIn('Is here again', self.told('Cora')['body'])
        self.server.close(visitor.conversation)

    def test_9_away_by_hand_stays(self):
        self.at(12, day=6, week=1)
        self.choose('Your presence', 'Away')
        self.app.find(None, 'Your presence: Away')
        self.services.order('idle')
        self.services.order('active')
        self.told_now()
        self.app.find(None, 'Your presence: Away')
        self.choose('Your presence', 'Online')
        self.app.find(None, 'Your presence: Online')

    def test_9_in_the_background(self):
        self.at(13, day=6, week=1)
        def shown():
            return subprocess.run(['xdotool', 'search', '--all', '--onlyvisible', '--pid', str(self.app.process.pid), '--name', 'ChatFlow$'],
                                  capture_output=True, text=True, check=False).stdout.split()
        self.switch('Run in the background', True)
        self.is_kept('background=true')
        self.app.key('ctrl+w')
        self.app.until(lambda: not shown(), 'no window')
        _, told = self.fresh('Billie')
        self.services.order('invoke', told['id'], 'default')
        self.app.until(shown, 'the window')
        self.app.until(lambda: self.heading() == 'Billie', 'her conversation')


if __name__ == '__main__':
    unittest.main(verbosity=2)
