/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "../record.h"
#include "../records/agent.h"

G_BEGIN_DECLS

/* Params of the agent methods. */

/**
 * CfAgentAddParams:
 * agent.add
 */
typedef struct
{
  CfStruct parent;
  char *id;
  char *email;
  char *name;
  CfRole role;
  char *password;
} CfAgentAddParams;

extern const CfShape cf_agent_add_params_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfAgentAddParams, cf_struct_unref)

/**
 * CfAgentUpdateParams:
 * agent.update: only what is given changes.
 */
typedef struct
{
  CfStruct parent;
  char *id;
  char *name;
  CfRole role;
  gboolean disabled;
  gint64 capacity;
} CfAgentUpdateParams;

extern const CfShape cf_agent_update_params_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfAgentUpdateParams, cf_struct_unref)

/**
 * CfAgentSkillsParams:
 * agent.skills: the whole list.
 */
typedef struct
{
  CfStruct parent;
  char *id;
  char **skills;
} CfAgentSkillsParams;

extern const CfShape cf_agent_skills_params_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfAgentSkillsParams, cf_struct_unref)

/**
 * CfAgentSitesParams:
 * agent.sites: the whole list; none = all sites.
 */
typedef struct
{
  CfStruct parent;
  char *id;
  char **sites;
} CfAgentSitesParams;

extern const CfShape cf_agent_sites_params_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfAgentSitesParams, cf_struct_unref)

/* A picture in base64, which has to fit into a frame: 256 x 256 pixels are some 15 KB. */
#define CF_PHOTO_TEXT_MAX 60000

/**
 * CfAgentPhotoParams:
 * agent.photo
 */
typedef struct
{
  CfStruct parent;
  char *agent_id; /* NULL = the caller */
  char *picture; /* base64; NULL = none any more */
} CfAgentPhotoParams;

extern const CfShape cf_agent_photo_params_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfAgentPhotoParams, cf_struct_unref)

/* About whom one call may ask. */
#define CF_AGENT_PHOTOS_MAX 20

/**
 * CfAgentPhotosParams:
 * agent.photos: by a visitor, about agents whom they have met.
 */
typedef struct
{
  CfStruct parent;
  char **agent_ids;
} CfAgentPhotosParams;

extern const CfShape cf_agent_photos_params_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfAgentPhotosParams, cf_struct_unref)

/**
 * CfAgentPhoto:
 * Where the picture of one of them is.
 */
typedef struct
{
  CfStruct parent;
  char *agent_id;
  char *photo;
} CfAgentPhoto;

extern const CfShape cf_agent_photo_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfAgentPhoto, cf_struct_unref)

/**
 * CfAgentPhotosResult:
 * agent.photos: those who have one.
 */
typedef struct
{
  CfStruct parent;
  GPtrArray *photos; /* of CfAgentPhoto */
} CfAgentPhotosResult;

extern const CfShape cf_agent_photos_result_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfAgentPhotosResult, cf_struct_unref)

/**
 * CfAccountUpdateParams:
 * account.update: what everybody may change of themselves.
 */
typedef struct
{
  CfStruct parent;
  char *name;
} CfAccountUpdateParams;

extern const CfShape cf_account_update_params_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfAccountUpdateParams, cf_struct_unref)

/**
 * CfAgentPasswordParams:
 * agent.password: signs out every other session of that agent.
 */
typedef struct
{
  CfStruct parent;
  char *agent_id; /* another agent (admins); absent: oneself */
  char *old_password; /* demanded for oneself */
  char *password;
} CfAgentPasswordParams;

extern const CfShape cf_agent_password_params_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfAgentPasswordParams, cf_struct_unref)

G_END_DECLS
