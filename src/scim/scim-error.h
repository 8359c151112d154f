/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What went wrong, in the protocol's terms. A transport failure (no connection, TLS, name
 * resolution, cancellation) is never mapped here: it keeps its GIO, TLS or resolver domain. */
#define SCIM_ERROR (scim_error_quark ())

typedef enum
{
  SCIM_ERROR_INVALID_JSON,   /* not JSON, cut off, or over a cap of scim-json.h */
  SCIM_ERROR_INVALID_PATH,   /* RFC 7644 section 3.5.2, figure 7 */
  SCIM_ERROR_INVALID_FILTER, /* RFC 7644 section 3.4.2.2 */
  SCIM_ERROR_INVALID_VALUE,  /* a value does not fit its attribute */
  SCIM_ERROR_NO_TARGET,      /* a path with a filter matched nothing */
  SCIM_ERROR_MUTABILITY,     /* the attribute cannot be modified */
  SCIM_ERROR_UNSUPPORTED,    /* this dialect or service cannot do it */
  SCIM_ERROR_PROTOCOL,       /* the service answered something that is not SCIM */
  SCIM_ERROR_OTHER_USER,     /* the answer is about another user than the one that was asked for */
  SCIM_ERROR_CONTRADICTION,  /* a status of success with an error as the body */
  SCIM_ERROR_TOO_LARGE,      /* an answer passed a size cap */
  SCIM_ERROR_ENDLESS,        /* a list that goes on and on */
  SCIM_ERROR_REDIRECTED,     /* a redirect that is not followed: only GET is, within one origin */
  SCIM_ERROR_REDIRECT_LOOP,  /* redirected more than three times */
  SCIM_ERROR_SIGN_IN,        /* the token endpoint refused, or 401 after a fresh token */
  SCIM_ERROR_FORBIDDEN,      /* 403 */
  SCIM_ERROR_NOT_FOUND,      /* 404 */
  SCIM_ERROR_CONFLICT,       /* 409 */
  SCIM_ERROR_PRECONDITION_FAILED, /* 412 */
  SCIM_ERROR_TOO_MANY_REQUESTS,   /* 429, after the retries that are allowed */
  SCIM_ERROR_BAD_REQUEST,         /* 400 and every other 4xx */
  SCIM_ERROR_NOT_IMPLEMENTED,     /* 405, 501 */
  SCIM_ERROR_SERVER,              /* every other 5xx */
} ScimErrorCode;

GQuark scim_error_quark (void);

/* The service's part of a SCIM_ERROR; all fields may be unset. Text is the server's own words:
 * valid UTF-8, at most 2,000 characters, control characters replaced, never markup. */
guint scim_error_get_http_status (const GError *error); /* 0: there was no HTTP answer */
const char *scim_error_get_scim_type (const GError *error) /* nullable */;
const char *scim_error_get_detail (const GError *error) /* nullable: the server's own words */;
int scim_error_get_retry_after (const GError *error); /* seconds; -1: not said */
/* What it is about, harmless text: of SCIM_ERROR_PROTOCOL the type of what came, of
 * SCIM_ERROR_REDIRECTED the host that it points to. Nullable. */
const char *scim_error_get_subject (const GError *error);

/* Makes a SCIM_ERROR of `code` with a message of ours. */
GError *scim_error_new (ScimErrorCode code, const char *format, ...) G_GNUC_PRINTF (2, 3);

/* subject: nullable, made harmless. */
GError *scim_error_new_about (ScimErrorCode code,
                              guint http_status,
                              const char *subject,
                              const char *message);
/* Of an answer of success whose body is no SCIM: SCIM_ERROR_PROTOCOL with the type of what came and
 * its first words. content_type: nullable. */
GError *scim_error_new_not_scim (guint http_status, const char *content_type, GBytes *body);
/* TRUE for an error in the place of a resource or a list (RFC 7644 section 3.12, and the shapes of
 * the services). */
gboolean scim_error_is_body (GBytes *body);
/* Reads an error answer in every shape of RFC 7644 section 3.12 and of the services: SCIM with a
 * textual or numeric status, WSO2's {"code","message","description"}, OAuth's {"error",
 * "error_description"}, HTML, plain text, or nothing. The words come from `detail`,
 * `description`, `message`, `error_description`, `error`, else the HTTP status' phrase.
 * body: nullable. content_type: nullable. retry_after: seconds, -1 when not said. */
GError *scim_error_new_from_response (guint http_status,
                                      const char *content_type,
                                      GBytes *body,
                                      int retry_after);

/* Text from a server made harmless for display: invalid UTF-8, control, bidi-override and
 * zero-width characters replaced by a visible form, cut to max_chars with an ellipsis.
 * length: bytes, or -1. */
char *scim_text_make_safe (const char *text, gssize length, guint max_chars);

G_END_DECLS
