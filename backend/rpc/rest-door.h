/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/transport/request.h"
#include "router.h"

G_BEGIN_DECLS

/**
 * CfdRestDoor:
 * The methods over plain HTTP, under /api/v1/; and the description of them, openapi.json.
 */
typedef struct _CfdRestDoor CfdRestDoor;

CfdRestDoor *cfd_rest_door_new     (CfdRouter *router, CfdDb *db);
void         cfd_rest_door_request (CfdRestDoor *self, CfdRequest *request);
void         cfd_rest_door_call    (CfdRestDoor *self, CfdRequest *request, const CfdMethod *method, CfStruct *params, CfdJobDone done, gpointer data);
void         cfd_rest_door_respond (CfdJob *job, const GError *error, gpointer request); /* a CfdJobDone */
void         cfd_rest_door_preflight    (CfdRestDoor *self, CfdRequest *request, const char *verbs);
void         cfd_rest_door_allow_origin (CfdRequest *request);
void         cfd_rest_door_free    (CfdRestDoor *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfdRestDoor, cfd_rest_door_free)

G_END_DECLS
