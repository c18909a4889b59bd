#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Each event as a notification, as a sound, as both, as neither: chosen on the page of alerts, seen on the bus, heard from the loudspeaker.

    TEST_CHATFLOWD=… TEST_CHATFLOW=… TEST_SHIMS=… alerts-matrix.py

That something is not told is shown by what is told first after it, and that it is not heard by what is heard first: in each round those
that are not called come before those that are.
"""

import array
import configparser
import datetime
import math
import os
import shutil
import unittest
import wave

from alerting import Case, Visitor, new_id, note, power, until
from desktop import has_state

SOUNDS = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..', 'data', 'sounds')
TITLES = {'new-conversation': 'New conversation', 'message': 'New message', 'assigned': 'Assigned to you', 'mention': 'Mention',
          'returned': 'Visitor returned', 'urgent': 'Urgent'}
# Whether it notifies, whether it sounds; from one to the next there is one button to press.
MODES = ((False, False), (True, False), (True, True), (False, True))
NOTES = range(-8, 16)  # half steps around A4: all that the sounds are made of
PATIENCE = datetime.timedelta(minutes=120)
GAP = datetime.timedelta(minutes=30)  # longer than all of this takes


def spectrum(samples):
    levels = [power(samples, note(step)) for step in NOTES]
    length = math.hypot(*levels) or 1
    return [level / length for level in levels]


def recording(path):
    with wave.open(path) as file:
        samples = array.array('h')
        samples.frombytes(file.readframes(file.getnframes()))
        return samples


class Matrix(Case):
    loud = True
    timed = datetime.datetime.now(datetime.timezone.utc)

    @classmethod
    def prepare(cls):
        """Nobody is there but those to whom something will happen, and at first nothing calls."""
        cls.empty()
        cls.spectra = {event: spectrum(recording(os.path.join(SOUNDS, event + '.wav'))) for event in TITLES}
        cls.buttons = {}
        cls.preferences = '[alerts]\nurgent-minutes=%d\n' % (PATIENCE.total_seconds() // 60)
        cls.preferences += ''.join('[%s]\nnotify=false\nsound=false\n' % event for event in TITLES)
        cls.sequel = 0
        cls.served = cls.answered('Milo', cls.server.token)
        cls.handed = cls.answered('Hana', cls.server.colleague())
        cls.spoken_of = cls.answered('Nora', cls.server.colleague())
        cls.gone = cls.visitor('Rosa').start('hello')
        cls.server.close(cls.gone.conversation)
        cls.waiting = []
        for name in ('Una', 'Ugo', 'Ute', 'Urs'):
            cls.waiting.append(cls.visitor(name).start('is nobody there?'))
            cls.clock.forward(GAP)
        cls.clock.forward(PATIENCE - len(cls.waiting) * GAP - GAP / 2)  # half a gap before the first has waited for too long

    @classmethod
    def settle(cls):
        """Nothing calls."""

    # What happens

    @classmethod
    def visitor(cls, name):
        visitor = Visitor(cls.server, name)
        visitor.name = name
        return visitor

    @classmethod
    def act(cls, visitor, what, token, **words):
        cls.server.call('POST', '/conversations/%s/%s' % (visitor.conversation, what), words, token)

    @classmethod
    def answered(cls, name, token):
        """A conversation of whoever has that token, in which nobody waits."""
        visitor = cls.visitor(name).start('hello')
        agent = cls.agent_id() if token == cls.server.token else cls.colleague_record()['id']
        cls.act(visitor, 'assign', token, event_id=new_id(), agent_id=agent)
        cls.act(visitor, 'messages', token, id=new_id(), text='What can I do for you?')
        return visitor

    @classmethod
    def colleague_record(cls):
        email = cls.server.demo['agents'][1]['email']
        return next(r for r in cls.server.call('GET', '/agents', token=cls.server.token)['records'] if r['email'] == email)

    # Each returns what the notification says, and what makes all as it was before.

    def new_conversation(self):
        type(self).sequel += 1
        visitor = self.visitor('Nelly %d' % self.sequel).start('I am new here')
        return visitor.name, 'New conversation', lambda: self.server.close(visitor.conversation)

    def message(self):
        type(self).sequel += 1
        words = 'One more thing: %d' % self.sequel
        self.served.say(words)
        return self.served.name, words, lambda: self.act(self.served, 'messages', self.server.token, id=new_id(), text='I see')

    def assigned(self):
        colleague = self.colleague_record()
        self.act(self.handed, 'assign', self.server.colleague(), event_id=new_id(), agent_id=self.agent_id())
        return (self.handed.name, colleague['name'] + ' gave you this conversation',
                lambda: self.act(self.handed, 'assign', self.server.colleague(), event_id=new_id(), agent_id=colleague['id']))

    def mention(self):
        self.act(self.spoken_of, 'notes', self.server.colleague(), id=new_id(), text='What do you think?', mentions=[self.agent_id()])
        return self.colleague_record()['name'] + ' mentioned you', 'What do you think?', lambda: None

    def returned(self):
        self.gone.say('It is me again')
        return self.gone.name, 'Is here again', lambda: self.server.close(self.gone.conversation)

    def urgent(self):
        visitor = self.waiting.pop(0)
        self.clock.forward(GAP)
        # It is looked for now and then, and whenever something is chosen.
        self.switch('Show what was written', False)
        self.switch('Show what was written', True)
        return visitor.name, 'Has been waiting for', lambda: self.server.close(visitor.conversation)

    def escalated(self, visitor, token):
        self.act(visitor, 'escalate', token, event_id=new_id(), note='I am out of my depth', note_id=new_id())

    # The page

    def choose(self, event, notify, sound):
        """By the two buttons in the row of the event."""
        for what, wanted in (('Notification', notify), ('Sound', sound)):
            button = self.button('%s: %s' % (TITLES[event], what))
            if has_state(button, 'PRESSED') != wanted:
                button.do_action(0)
            self.app.until(lambda button=button, wanted=wanted: has_state(button, 'PRESSED') == wanted, '%s: %s' % (event, what))

    def chosen(self, chosen):
        for event, (notify, sound) in chosen.items():
            self.choose(event, notify, sound)
        until(lambda: self.on_disk() == chosen, 'the choices on disk')
        self.unfocus()

    def button(self, name):
        """Looked for once: the page stays open."""
        if name not in self.buttons:
            self.buttons[name] = self.app.find(None, name, self.settings('Notifications'))
        return self.buttons[name]

    def on_disk(self):
        file = configparser.ConfigParser(interpolation=None)
        file.read(self.kept())
        return {event: (file.getboolean(event, 'notify'), file.getboolean(event, 'sound')) for event in TITLES}

    # Whether it called

    def is_told(self, title, words):
        told = self.told(title)
        self.assertIn(words, told['body'])
        return told

    def is_heard(self, mark, event):
        heard = spectrum(self.loudspeaker.heard(mark))
        alike = {name: sum(a * b for a, b in zip(heard, own)) for name, own in self.spectra.items()}
        self.assertEqual(max(alike, key=alike.get), event, alike)
        self.assertGreater(alike[event], 0.8, alike)

    def happens(self, event, notify, sound):
        if sound:
            mark = self.loudspeaker.rest() if self.sounded else self.mark
            type(self).sounded = True
        title, words, undo = getattr(self, event.replace('-', '_'))()
        if notify:
            self.is_told(title, words)
        if sound:
            self.is_heard(mark, event)
        undo()

    def round(self, number):
        chosen = {event: MODES[(i + number) % len(MODES)] for i, event in enumerate(TITLES)}
        self.chosen(chosen)
        type(self).sounded, type(self).mark = False, self.loudspeaker.rest()
        for event in sorted(TITLES, key=lambda event: (chosen[event][1], chosen[event][0])):
            with self.subTest(event, notify=chosen[event][0], sound=chosen[event][1]):
                self.happens(event, *chosen[event])

    def test_1_round(self):
        self.round(0)

    def test_2_round(self):
        self.round(1)

    def test_3_round(self):
        self.round(2)

    def test_4_round(self):
        self.round(3)

    def test_5_who_supervises_is_called_when_a_colleague_escalates(self):
        self.chosen({event: (event == 'urgent', event == 'urgent') for event in TITLES})
        self.assertEqual(self.colleague_record()['role'], 'agent')
        mark = self.loudspeaker.rest()
        self.escalated(self.handed, self.server.colleague())
        told = self.is_told(self.handed.name, self.colleague_record()['name'] + ' called the supervisors')
        self.assertEqual(told['urgency'], 2)
        self.is_heard(mark, 'urgent')

    def test_6_how_loud(self):
        self.chosen({event: (event in ('urgent', 'mention'),) * 2 for event in TITLES})
        loudness = []
        self.point_in_settings(self.app.find('list item', TITLES['mention'], self.settings('Notifications')))
        self.app.until(lambda: self.app.extents(self.button('Mention: Play the sound'))[2] > 0, 'what the row folds out')
        for volume in (100, 40):
            self.button('Mention: Volume').set_current_value(volume)
            self.is_kept('volume=%d' % volume)
            mark = self.loudspeaker.rest()
            self.button('Mention: Play the sound').do_action(0)
            self.is_heard(mark, 'mention')
            loudness.append(max(map(abs, self.loudspeaker.samples[mark:])))
        self.assertLess(loudness[1], loudness[0] / 4, 'a volume of 40 % is some 24 dB less')
        self.switch('Sounds', False)
        mark = self.loudspeaker.rest()
        self.told(self.mention()[0])
        self.switch('Sounds', True)
        self.act(self.handed, 'escalate', self.server.colleague(), event_id=new_id(), ended=True)
        self.escalated(self.handed, self.server.colleague())
        self.told(self.handed.name)
        self.is_heard(mark, 'urgent')  # the first

    def test_7_whoever_does_not_supervise_is_not(self):
        self.chosen({event: (event in ('urgent', 'mention'),) * 2 for event in TITLES})
        self.app.stop()
        # There is no keyring here: another person signs in as on a new computer, on which the preferences are there already.
        shutil.rmtree(os.path.join(os.environ['XDG_DATA_HOME'], 'chatflow'))
        agent = self.colleague_record()
        self.server.agent = self.server.demo['agents'][1]
        type(self).frame = None
        self.start_client()
        self.unfocus()
        mark = self.loudspeaker.rest()
        self.escalated(self.served, self.server.token)
        self.act(self.spoken_of, 'notes', self.server.token, id=new_id(), text='And you?', mentions=[agent['id']])
        told = self.services.next('notify')  # the first
        self.assertIn('mentioned you', told['title'])
        self.is_heard(mark, 'mention')


if __name__ == '__main__':
    unittest.main(verbosity=2)
