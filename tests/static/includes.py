# SPDX-License-Identifier: GPL-3.0-or-later
"""Who may include what."""

import re

from registry import rule

C_LIBRARY = {'errno.h', 'inttypes.h', 'limits.h', 'math.h', 'stdarg.h', 'stdbool.h', 'stddef.h', 'stdint.h', 'stdio.h', 'stdlib.h', 'string.h',
             'sys/random.h', 'time.h'}

# A library's header -> where it may be included. Tests may include what they like.
LIBRARIES = [
    (r'sqlite3\.h', ('backend/db/sqlite*.[ch]', 'app/cache/*', 'search/tokenizer.[ch]')),
    (r'libpq-fe\.h', ('backend/db/postgres.c',)),
    (r'microhttpd\.h', ('backend/transport/*',)),
    (r'sodium\.h|sodium/.*', ('backend/*',)),
    (r'libsoup/.*', ('app/connection/*',)),
    (r'libsecret/.*', ('app/connection/*', 'app/desktop/*')),
    (r'gtk/.*|adwaita\.h|gdk/.*', ('app/*',)),
    (r'gmime/.*', ('backend/mail/*',)),
    (r'curl/.*', ('backend/mail/*',)),
    (r'json-glib/.*', ('backend/rpc/openapi.c',)),
    (r'webkit/.*', ('app/web-preview/*',)),
]


@rule('the protocol knows GLib only',
      bad=[{'protocol/a.c': '#include <gio/gio.h>\n'}, {'protocol/a.c': '#include <json-glib/json-glib.h>\n'}, {'protocol/a.c': '#include "backend/db/db.h"\n'}, {'protocol/records/a.c': '#include "../../app/a.h"\n'}],
      good=[{'protocol/records/a.c': '#include "../record.h"\n#include "b/c.h"\n\n#include <string.h>\n#include <glib/gprintf.h>\n'}])
def protocol_is_bare(tree):
    for file in tree.c_files():
        if not file.within('protocol'):
            continue
        for line, target, quoted in file.includes():
            if quoted and not target.startswith('protocol/'):
                yield file.path, line, f'got {target}, expected a header of protocol/'
            if not quoted and target not in C_LIBRARY and not re.fullmatch(r'glib(-object)?\.h|glib/.*', target):
                yield file.path, line, f'got <{target}>, expected GLib or the C library'


@rule('each library has its rooms',
      bad=[{'backend/features/a/b-store.c': '#include <sqlite3.h>\n'}, {'backend/db/db.c': '#include <libpq-fe.h>\n'},
           {'backend/server.c': '#include <microhttpd.h>\n'}, {'app/connection/login.c': '#include <json-glib/json-glib.h>\n'}, {'app/window.c': '#include <libsoup/soup.h>\n'}, {'app/cache/cache.c': '#include <gtk/gtk.h>\n#include <sodium.h>\n'},
           {'app/features/settings/a.c': '#include <webkit/webkit.h>\n'}],
      good=[{'backend/db/sqlite.c': '#include <sqlite3.h>\n', 'app/cache/cache.c': '#include <sqlite3.h>\n', 'backend/transport/listener.c': '#include <microhttpd.h>\n',
             'app/connection/socket.c': '#include <libsoup/soup.h>\n', 'backend/rpc/openapi.c': '#include <json-glib/json-glib.h>\n', 'tests/backend/db/a.c': '#include <sqlite3.h>\n'}])
def libraries(tree):
    for file in tree.c_files():
        if file.within('tests'):
            continue
        for line, target, quoted in file.includes():
            for pattern, places in LIBRARIES:
                if not quoted and re.fullmatch(pattern, target) and not file.like(*places):
                    yield file.path, line, f'<{target}> belongs in {", ".join(places)}'


@rule('programs meet in the protocol only',
      bad=[{'app/a.c': '#include "backend/db/db.h"\n'}, {'backend/a.c': '#include "app/window.h"\n'}],
      good=[{'app/a.c': '#include "protocol/record.h"\n'}])
def programs_are_apart(tree):
    for file in tree.c_files():
        for mine, other in (('app', 'backend'), ('backend', 'app')):
            if not file.within(mine):
                continue
            for line, target, quoted in file.includes():
                if quoted and target.startswith(other + '/'):
                    yield file.path, line, f'{mine}/ includes {target}; they share protocol/ and nothing else'


@rule('methods call services, never stores',
      bad=[{'backend/features/a/b-methods.c': '#include "b-store.h"\n'}, {'backend/features/a/b-methods.c': '#include "backend/db/db.h"\n'}],
      good=[{'backend/features/a/b-methods.c': '#include "b-service.h"\n', 'backend/features/a/b-service.c': '#include "b-store.h"\n'}])
def methods_are_thin(tree):
    for file in tree.c_files():
        if not file.name.endswith('-methods.c'):
            continue
        for line, target, quoted in file.includes():
            if quoted and (target.endswith('-store.h') or target.startswith('backend/db/')):
                yield file.path, line, f'{target} is below the service'


@rule('features use each other by their services',
      bad=[{'backend/features/a/b-service.c': '#include "backend/features/c/d-store.h"\n'}, {'backend/features/a/b.c': '#include "../c/d.h"\n'}],
      good=[{'backend/features/a/b-service.c': '#include "backend/features/c/d-service.h"\n#include "backend/features/a/b-store.h"\n'}])
def features_by_service(tree):
    for file in tree.c_files():
        own = re.match(r'backend/features/[^/]+/', file.path)
        for line, target, quoted in file.includes() if own else ():
            theirs = re.match(r'backend/features/[^/]+/', target) if quoted else None
            if theirs and theirs[0] != own[0] and not target.endswith('-service.h'):
                yield file.path, line, f'{target} is of another feature, expected its service'


@rule('the layers of the daemon look down only',
      bad=[{'backend/db/db.c': '#include "backend/rpc/router.h"\n'}, {'backend/features/a/b-service.c': '#include "backend/transport/peer.h"\n'},
           {'backend/features/a/b-store.c': '#include "backend/hub/hub.h"\n'}],
      good=[{'backend/features/a/b-service.c': '#include "backend/db/db.h"\n', 'backend/rpc/router.c': '#include "backend/db/db.h"\n'}])
def layers(tree):
    above = [('backend/db/*', ('backend/rpc/', 'backend/transport/', 'backend/hub/', 'backend/features/', 'backend/server.h')),
             ('backend/features/*-store.[ch]', ('backend/rpc/', 'backend/transport/', 'backend/hub/')),
             ('backend/features/*-service.[ch]', ('backend/transport/',)),
             ('app/cache/*', ('app/connection/', 'app/features/', 'app/window.h', 'app/application.h'))]
    for file in tree.c_files():
        for pattern, forbidden in above:
            if not file.like(pattern):
                continue
            for line, target, quoted in file.includes():
                if quoted and target.startswith(forbidden) and target != 'backend/rpc/caller.h':  # who asks
                    yield file.path, line, f'{target} is above this layer'


@rule('pages see neither the network nor the cache',
      bad=[{'app/features/inbox/inbox-page.c': '#include "app/connection/socket.h"\n'}, {'app/features/inbox/inbox-row.c': '#include "app/cache/cache.h"\n'}],
      good=[{'app/features/inbox/inbox-page.c': '#include "app/features/conversations/conversation.h"\n'}])
def pages_are_dumb(tree):
    for file in tree.c_files():
        if not file.like('app/features/*-page.[ch]', 'app/features/*-row.[ch]', 'app/features/*-view.[ch]'):
            continue
        for line, target, quoted in file.includes():
            if quoted and target.startswith(('app/connection/', 'app/cache/')):
                yield file.path, line, f'{target} is behind the models'
