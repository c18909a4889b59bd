#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Each event as a notification, as a sound, as both, as neither: chosen on the page of alerts, seen on the bus, heard from the loudspeaker.

    TEST_CHATFLOWD=… TEST_CHATFLOW=… TEST_SHIMS=… alerts-matrix.py

That something is not told is shown by what is told first after it, and that it is not heard by what is heard first.
"""

import array
import configparser
import datetime
import math
import os
import unittest
import wave

from alerting import RATE, Case, Visitor, new_id, power, until
from desktop import has_state

TITLES = {'new-conversation': 'New conversation', 'message': 'New message', 'assigned': 'Assigned to you', 'mention': 'Mention',
          'returned': 'Visitor returned', 'urgent': 'Urgent'}
# Hz: each event has a sound of its own.
PITCHES = dict(zip(TITLES, range(500, 1700, 200)))
LONG = datetime.timedelta(minutes=11)


class Matrix(Case):
    loud = True
    timed = datetime.datetime.now(datetime.timezone.utc)

    @classmethod
    def prepare(cls):
        cls.empty()
        cls.number = 0
        cls.buttons = {}
        for event, pitch in PITCHES.items():
            path = os.path.join(cls.desktop.folder, event + '.wav')
            with wave.open(path, 'wb') as file:
                file.setparams((1, 2, RATE, 0, 'NONE', ''))
                file.writeframes(array.array('h', (int(12000 * math.sin(2 * math.pi * pitch * i / RATE)) for i in range(RATE // 3))).tobytes())
            cls.preferences += '[%s]\nfile=%s\nnotify=false\nsound=false\n' % (event, path)

    @classmethod
    def settle(cls):
        """Nobody waits."""

    # The page

    def choose(self, event, notify, sound):
        """By the two buttons in the row of the event."""
        for what, wanted in (('Notification', notify), ('Sound', sound)):
            button = self.button('%s: %s' % (TITLES[event], what))
            if has_state(button, 'PRESSED') != wanted:
                button.do_action(0)
            self.app.until(lambda button=button, wanted=wanted: has_state(button, 'PRESSED') == wanted, '%s: %s' % (event, what))
        until(lambda: self.chosen(event) == (notify, sound), 'the choice on disk')
        self.unfocus()

    def button(self, name):
        """Looked for once: the page stays open."""
        if name not in self.buttons:
            self.buttons[name] = self.app.find('push button', name, self.settings('Notifications'))
        return self.buttons[name]

    def chosen(self, event):
        file = configparser.ConfigParser(interpolation=None)
        file.read(self.kept())
        return file.getboolean(event, 'notify'), file.getboolean(event, 'sound')

    # What happens

    def somebody(self, text='hello'):
        type(self).number += 1
        visitor = Visitor(self.server, 'Somebody %d' % self.number)
        visitor.name = 'Somebody %d' % self.number
        return visitor.start(text) if text else visitor

    def act(self, visitor, what, token, **words):
        self.server.call('POST', '/conversations/%s/%s' % (visitor.conversation, what), words, token)

    def give(self, visitor, token):
        self.act(visitor, 'assign', token, event_id=new_id(), agent_id=self.agent_id())

    def new_conversation(self):
        return self.somebody('Is anybody there?').name

    def message(self):
        visitor = self.somebody()
        self.give(visitor, self.server.token)
        self.act(visitor, 'messages', self.server.token, id=new_id(), text='One moment')
        visitor.say('One more thing')
        return visitor.name

    def assigned(self):
        visitor = self.somebody()
        self.give(visitor, self.server.colleague())
        return visitor.name

    def mention(self):
        visitor = self.somebody()
        self.act(visitor, 'notes', self.server.colleague(), id=new_id(), text='What do you think?', mentions=[self.agent_id()])
        return self.colleague_name() + ' mentioned you'

    def returned(self):
        visitor = self.somebody()
        self.server.close(visitor.conversation)
        visitor.say('It is me again')
        return visitor.name

    def urgent(self):
        visitor = self.somebody()
        self.clock.forward(LONG)
        # It is looked for now and then, and whenever something is chosen.
        self.choose('returned', not self.chosen('returned')[0], False)
        return visitor.name

    def colleague_name(self):
        email = self.server.demo['agents'][1]['email']
        return next(r['name'] for r in self.server.call('GET', '/agents', token=self.server.token)['records'] if r['email'] == email)

    # The tests

    def heard(self, mark):
        """The event whose sound it is."""
        sound = self.loudspeaker.heard(mark)
        loudest = sorted(PITCHES, key=lambda event: power(sound, PITCHES[event]))
        self.assertGreater(power(sound, PITCHES[loudest[-1]]), 10 * power(sound, PITCHES[loudest[-2]]), loudest)
        return loudest[-1]

    def check(self, event, other):
        happen, happen_other = (getattr(self, name.replace('-', '_')) for name in (event, other))
        self.choose(other, True, True)
        mark = self.loudspeaker.rest()
        happen()
        self.told(happen_other())
        self.assertEqual(self.heard(mark), other, 'neither')
        self.choose(event, True, False)
        mark = self.loudspeaker.rest()
        self.told(happen())
        self.told(happen_other())
        self.assertEqual(self.heard(mark), other, 'a notification alone')
        self.choose(event, False, True)
        mark = self.loudspeaker.rest()
        happen()
        self.assertEqual(self.heard(mark), event, 'a sound alone')
        self.told(happen_other())
        self.choose(event, True, True)
        mark = self.loudspeaker.rest()
        self.told(happen())
        self.assertEqual(self.heard(mark), event, 'both')
        for one in (event, other):
            self.choose(one, False, False)
        self.empty()

    def test_new_conversation(self):
        self.check('new-conversation', 'mention')

    def test_message(self):
        self.check('message', 'mention')

    def test_assigned(self):
        self.check('assigned', 'mention')

    def test_mention(self):
        self.check('mention', 'assigned')

    def test_returned(self):
        self.check('returned', 'mention')

    def test_urgent(self):
        self.check('urgent', 'mention')


if __name__ == '__main__':
    unittest.main(verbosity=2)
