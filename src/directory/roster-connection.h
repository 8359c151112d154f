/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What is known of one service: everything but the secret. All text properties may be NULL. */
#define ROSTER_TYPE_CONNECTION (roster_connection_get_type ())
G_DECLARE_FINAL_TYPE (RosterConnection, roster_connection, ROSTER, CONNECTION, GObject)

typedef enum
{
  ROSTER_ENVIRONMENT_PRODUCTION,
  ROSTER_ENVIRONMENT_TEST,
  ROSTER_ENVIRONMENT_DEMO,
} RosterEnvironment;

typedef enum
{
  ROSTER_PRESET_ASGARDEO, /* organization, region */
  ROSTER_PRESET_WSO2_IS,  /* host, tenant */
  ROSTER_PRESET_OTHER,    /* url, token-url */
} RosterPreset;

typedef enum
{
  ROSTER_SIGN_IN_CLIENT_CREDENTIALS, /* client-id; the secret is the client's */
  ROSTER_SIGN_IN_BASIC,              /* user-name; the secret is the password */
  ROSTER_SIGN_IN_BEARER,             /* the secret is the token */
} RosterSignIn;

/* Read-write properties, each with notify: "name", "organization", "region" ("us", "eu"), "host"
 * (host[:port]), "tenant", "url", "token-url", "client-id", "user-name", "dialect" ("rfc", "wso2",
 * NULL: not known yet), "domain" (user store; NULL: the dialect's default) as strings;
 * "environment", "preset", "sign-in" as int of the enums above. "id": construct-only, opaque, made
 * when NULL. */
RosterConnection *roster_connection_new (const char *id);
const char *roster_connection_get_id (RosterConnection *self);
/* Never NULL: falls back to the host. */
const char *roster_connection_get_name (RosterConnection *self);
RosterEnvironment roster_connection_get_environment (RosterConnection *self);
RosterPreset roster_connection_get_preset (RosterConnection *self);
RosterSignIn roster_connection_get_sign_in (RosterConnection *self);
const char *roster_connection_get_dialect (RosterConnection *self);
/* "Asgardeo", "WSO2 Identity Server", or the host: for "Acme · Asgardeo". Owned. */
char *roster_connection_dup_service_name (RosterConnection *self);
/* Translated "Production", "Test", "Demo". */
const char *roster_environment_get_label (RosterEnvironment environment);

/* The addresses that follow from the preset's fields (SCIM-SERVICES section 2); NULL while
 * something is missing. */
char *roster_connection_dup_base_url (RosterConnection *self);
char *roster_connection_dup_token_url (RosterConnection *self); /* NULL unless client credentials */
/* Is everything there that connecting needs? secret: nullable. Returns NULL when yes, otherwise a
 * sentence for people, and in *property (nullable out) the property it is about ("secret" for the
 * secret). http:// is refused unless the host is loopback. */
char *roster_connection_check (RosterConnection *self, const char *secret, const char **property);

/* The attributes chosen for profile and table, as kept in the file: nullable, lists of paths. */
const char *const *roster_connection_get_hidden_attributes (RosterConnection *self);
void roster_connection_set_hidden_attributes (RosterConnection *self, const char *const *paths);
/* NULL: the default columns. */
const char *const *roster_connection_get_columns (RosterConnection *self);
void roster_connection_set_columns (RosterConnection *self, const char *const *paths);

G_END_DECLS
