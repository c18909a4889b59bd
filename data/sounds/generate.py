#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes the client's sounds: a short phrase of soft bell tones for each event.

    generate.py FOLDER            writes them
    generate.py --check FOLDER    fails unless those there are what this makes

The sounds themselves are free of all rights: CC0-1.0.
"""

import array
import math
import os
import sys
import wave

RATE = 22050
PEAK = 0.55
TOLERANCE = 2  # the last digit of sin() differs between machines

# Event: tones of (begin in s, note in half steps above A4, length in s, loudness).
PHRASES = {
    'new-conversation': [(0.00, -5, 0.50, 1.0), (0.11, 0, 0.50, 1.0), (0.22, 4, 0.60, 1.0)],   # opens upward
    'message': [(0.00, 7, 0.35, 1.0), (0.07, 12, 0.40, 0.6)],                                     # one quick drop
    'assigned': [(0.00, 0, 0.45, 1.0), (0.14, 5, 0.55, 1.0)],                                     # a hand-over
    'mention': [(0.00, 9, 0.30, 0.8), (0.10, 9, 0.45, 1.0)],                                      # a knock
    'returned': [(0.00, 4, 0.45, 0.8), (0.12, -3, 0.55, 1.0)],                                    # somebody sits down
    'urgent': [(0.00, 2, 0.30, 1.0), (0.16, 8, 0.30, 1.0), (0.32, 2, 0.30, 1.0), (0.48, 8, 0.50, 1.0)],
}
PARTIALS = [(1.0, 1.0), (2.0, 0.28), (3.01, 0.10)]  # of a soft bell: multiple, loudness


def tone(half_steps, length, loudness):
    frequency = 440.0 * 2 ** (half_steps / 12)
    for i in range(int(length * RATE)):
        time = i / RATE
        attack = min(1.0, time / 0.006)
        release = min(1.0, (length - time) / 0.03)
        sound = sum(level * math.exp(-time * 7.0 * multiple) * math.sin(2 * math.pi * frequency * multiple * time)
                    for multiple, level in PARTIALS)
        yield loudness * attack * release * sound


def phrase(tones):
    end = max(begin + length for begin, _, length, _ in tones)
    samples = [0.0] * (int(end * RATE) + 1)
    for begin, half_steps, length, loudness in tones:
        for i, value in enumerate(tone(half_steps, length, loudness), int(begin * RATE)):
            samples[i] += value
    loudest = max(abs(value) for value in samples)
    return array.array('h', [round(value / loudest * PEAK * 32767) for value in samples])


def read(path):
    with wave.open(path) as file:
        if (file.getnchannels(), file.getsampwidth(), file.getframerate()) != (1, 2, RATE):
            return None
        samples = array.array('h')
        samples.frombytes(file.readframes(file.getnframes()))
        return samples


def write(path, samples):
    with wave.open(path, 'wb') as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(samples.tobytes())


def main(arguments):
    check = arguments[0] == '--check'
    folder = arguments[-1]
    for name, tones in PHRASES.items():
        path = os.path.join(folder, name + '.wav')
        samples = phrase(tones)
        if not check:
            write(path, samples)
            continue
        kept = read(path)
        if kept is None or len(kept) != len(samples) or any(abs(a - b) > TOLERANCE for a, b in zip(kept, samples)):
            sys.exit('%s is not what this script makes' % path)


if __name__ == '__main__':
    main(sys.argv[1:])
