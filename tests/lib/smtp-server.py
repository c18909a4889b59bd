#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A real mail server (Debian's aiosmtpd), whose addresses behave in certain ways.

    smtp-server.py PORT [CERT KEY [starttls|smtps [USER PASSWORD]]]

Each line that it prints is a JSON object: {"ready": true}, {"asked": ADDRESS} for each recipient that somebody names, {"mail": {…}} for each
mail that it has taken, {"holding": ADDRESS}. Recipients: busyN@… is refused N times for the moment (451), nobody@… for good (550), slow@… is held
after its content has come, until a line is read from the standard input.
"""

import asyncio
import email
import email.policy
import json
import re
import ssl
import sys

from aiosmtpd.smtp import SMTP, AuthResult


def say(what):
    print(json.dumps(what), flush=True)


def read(content):
    """As a mail program reads it; what it cannot read is not there."""
    message = email.message_from_bytes(content, policy=email.policy.SMTP)
    part = lambda kind: message.get_body((kind,)).get_content().replace('\r\n', '\n') if message.get_body((kind,)) else None
    return {
        'headers': [[name, str(value)] for name, value in message.items()],
        'defects': [repr(defect) for defect in message.defects],
        'text': part('plain'), 'html': part('html'),
        'bare': bool(re.search(rb'(?<!\r)\n', content)), 'longest': max(map(len, content.split(b'\r\n'))),
    }


class Postmaster:
    def __init__(self, within_tls):
        self.within_tls = within_tls
        self.asked = {}
        self.go = asyncio.Event()

    async def handle_RCPT(self, server, session, envelope, address, options):
        say({'asked': address})
        self.asked[address] = self.asked.get(address, 0) + 1
        busy = re.match(r'busy(\d+)@', address)
        if busy and self.asked[address] <= int(busy[1]):
            return '451 4.7.1 come back later'
        if address.startswith('nobody@'):
            return '550 5.1.1 nobody of that name lives here'
        envelope.rcpt_tos.append(address)
        return '250 OK'

    async def handle_DATA(self, server, session, envelope):
        if any(address.startswith('slow@') for address in envelope.rcpt_tos):
            say({'holding': envelope.rcpt_tos[0]})
            await self.go.wait()
        say({'mail': {'from': envelope.mail_from, 'to': envelope.rcpt_tos, 'tls': session.ssl is not None or self.within_tls, 'signed_in': bool(session.authenticated),
                      **read(envelope.content)}})
        return '250 OK'


async def main(port, cert=None, key=None, way='starttls', user=None, password=None):
    postmaster = Postmaster(way == 'smtps')
    context = None
    if cert:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(cert, key)

    def check(server, session, envelope, mechanism, data):
        return AuthResult(handled=False, success=(data.login, data.password) == (user.encode(), password.encode()))

    def make():
        more = {'auth_required': True, 'auth_require_tls': way == 'starttls', 'authenticator': check} if user else {}
        return SMTP(postmaster, hostname='mail.test', tls_context=context if way == 'starttls' else None, **more)

    loop = asyncio.get_running_loop()
    await loop.create_server(make, '127.0.0.1', int(port), ssl=context if way == 'smtps' else None)
    say({'ready': True})
    reader = asyncio.StreamReader()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    while await reader.readline():  # until whoever started it has gone
        postmaster.go.set()


asyncio.run(main(*sys.argv[1:]))
