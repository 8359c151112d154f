/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "directory/roster-labels.h"
#include "directory/roster-outcome.h"
#include "directory/roster-test-step-private.h"

/* "403: the service's own words", or what the outcome's words make of the error; in one line. */
static char *
dup_words (const GError *error)
{
  guint status = error->domain == SCIM_ERROR ? scim_error_get_http_status (error) : 0;
  const char *detail = error->domain == SCIM_ERROR ? scim_error_get_detail (error) : NULL;
  g_autofree char *number = g_strdup_printf ("%u", status);
  g_autoptr (RosterOutcome) outcome = NULL;
  char *words;

  /* The title of an error page often begins with the status. */
  if (status != 0 && detail != NULL && g_str_has_prefix (detail, number))
    return g_strdup (detail);
  if (status >= 400 && detail != NULL)
    /* Translators: an HTTP status and the service's own words */
    return g_strdup_printf (_ ("%u: %s"), status, detail);

  outcome = roster_outcome_new_from_error (ROSTER_OUTCOME_NOT_DONE, "", error);
  words = g_strdup (outcome->body != NULL ? outcome->body : error->message);

  return g_strdelimit (words, "\n", ' ');
}

static char *
dup_host (const char *url)
{
  g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_NONE, NULL);

  return g_strdup (uri != NULL && g_uri_get_host (uri) != NULL ? g_uri_get_host (uri) : url);
}

static const char *
get_certificate_finding (GTlsCertificateFlags flags)
{
  if (flags & G_TLS_CERTIFICATE_BAD_IDENTITY)
    return _ ("The certificate is for another host");
  if (flags & G_TLS_CERTIFICATE_EXPIRED)
    return _ ("The certificate has expired");
  if (flags & G_TLS_CERTIFICATE_NOT_ACTIVATED)
    return _ ("The certificate is not valid yet");
  if (flags & G_TLS_CERTIFICATE_REVOKED)
    return _ ("The certificate was revoked");
  if (flags & G_TLS_CERTIFICATE_UNKNOWN_CA)
    return _ ("The certificate’s issuer is not trusted on this computer");

  return _ ("No secure connection could be made");
}

static const char *
get_certificate_fix (GTlsCertificateFlags flags)
{
  if (flags & G_TLS_CERTIFICATE_BAD_IDENTITY)
    return _ ("Use the host name that the certificate was issued for.");
  if (flags & (G_TLS_CERTIFICATE_EXPIRED | G_TLS_CERTIFICATE_NOT_ACTIVATED))
    return _ ("Check this computer’s clock. If it is right, the service needs a new certificate.");
  if (flags & G_TLS_CERTIFICATE_REVOKED)
    return _ ("Ask whoever runs the service. Do not sign in until this is explained.");
  if (flags & G_TLS_CERTIFICATE_UNKNOWN_CA)
    return _ ("WSO2 Identity Server comes with a certificate that nobody vouches for. Give the "
              "server one of your organization’s, or add its issuer to the certificates that this "
              "computer trusts: on Debian, copy it to /usr/local/share/ca-certificates and run "
              "update-ca-certificates.");

  return _ ("Check that the port is the one for https.");
}

static void
set_unreachable (RosterTestStep *step, const char *host, const GError *error)
{
  if (error->domain == G_RESOLVER_ERROR)
    roster_test_step_set (
      step, ROSTER_STEP_FAILED,
      /* Translators: %s is a host name */
      g_strdup_printf (_ ("There is no host named %s"), host),
      g_strdup (_ ("Check how the address is written, and whether this computer is online.")));
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED))
    roster_test_step_set (step, ROSTER_STEP_FAILED,
                          /* Translators: %s is a host name */
                          g_strdup_printf (_ ("%s refuses the connection"), host),
                          g_strdup (_ ("Check the port, and whether the service runs.")));
  else
    {
      g_autofree char *words = dup_words (error);

      roster_test_step_set (
        step, ROSTER_STEP_FAILED,
        /* Translators: a host name and what went wrong */
        g_strdup_printf (_ ("%s cannot be reached: %s"), host, words),
        g_strdup (_ ("Check the address, this computer’s network and a firewall in between.")));
    }
}

void
roster_finding_address (RosterTestStep *step,
                        const char *url,
                        guint milliseconds,
                        GTlsCertificateFlags flags,
                        const GError *error)
{
  g_autofree char *host = dup_host (url);

  if (error != NULL && error->domain == G_TLS_ERROR)
    roster_test_step_set (step, ROSTER_STEP_FAILED, g_strdup (get_certificate_finding (flags)),
                          g_strdup (get_certificate_fix (flags)));
  else if (error != NULL)
    set_unreachable (step, host, error);
  else if (g_str_has_prefix (url, "https:"))
    roster_test_step_set (
      step, ROSTER_STEP_OK,
      /* Translators: %s is a host name, %u milliseconds */
      g_strdup_printf (_ ("%s answered in %u ms, certificate valid"), host, milliseconds), NULL);
  else
    roster_test_step_set (
      step, ROSTER_STEP_OK,
      /* Translators: %s is a host name, %u milliseconds */
      g_strdup_printf (_ ("%s answered in %u ms, not encrypted"), host, milliseconds), NULL);
}

static const char *
get_sign_in_fix (RosterSignIn sign_in, const GError *error)
{
  if (error->domain != SCIM_ERROR && sign_in == ROSTER_SIGN_IN_CLIENT_CREDENTIALS)
    return _ ("Check the address at which the service gives tokens.");

  switch (sign_in)
    {
    case ROSTER_SIGN_IN_CLIENT_CREDENTIALS:
      return _ (
        "Check the client ID and the secret. The application must be allowed the grant type "
        "“Client Credentials”.");
    case ROSTER_SIGN_IN_BASIC:
      return _ (
        "Check the user name and the password. In a tenant, some services want the user name "
        "with the tenant: kim@tenant.");
    case ROSTER_SIGN_IN_BEARER:
    default:
      return _ ("Check the token: it may have expired, or be one for another service.");
    }
}

void
roster_finding_sign_in (RosterTestStep *step,
                        RosterSignIn sign_in,
                        guint lifetime,
                        const GError *error)
{
  if (error != NULL)
    roster_test_step_set (step, ROSTER_STEP_FAILED, dup_words (error),
                          g_strdup (get_sign_in_fix (sign_in, error)));
  else if (sign_in == ROSTER_SIGN_IN_BASIC)
    roster_test_step_set (step, ROSTER_STEP_OK, g_strdup (_ ("Password accepted")), NULL);
  else if (lifetime >= 60)
    roster_test_step_set (
      step, ROSTER_STEP_OK,
      g_strdup_printf (/* Translators: %u is how long a sign-in lasts */
                       ngettext ("Token accepted, valid for %u minute",
                                 "Token accepted, valid for %u minutes", lifetime / 60),
                       lifetime / 60),
      NULL);
  else
    roster_test_step_set (step, ROSTER_STEP_OK, g_strdup (_ ("Token accepted")), NULL);
}

void
roster_finding_permissions (RosterTestStep *step, const ScimDialect *dialect, const char *granted)
{
  const struct
  {
    const char *scope;
    const char *without;
  } needed[] = {
    /* Translators: follows the name of a permission that is missing: “… missing: no deleting” */
    { dialect->scope_list, _ ("no list of users") },
    { dialect->scope_view, _ ("no profiles") },
    { dialect->scope_update, _ ("no changes and no password resets") },
    { dialect->scope_delete, _ ("no deleting") },
  };
  g_auto (GStrv) scopes = granted != NULL ? g_strsplit_set (granted, " \t", -1) : NULL;
  g_autoptr (GString) missing = g_string_new (NULL);

  if (scopes == NULL || dialect->scope_list == NULL)
    {
      roster_test_step_set (step, ROSTER_STEP_OK,
                            g_strdup (_ ("The service does not say; each action will show")), NULL);
      return;
    }

  for (gsize i = 0; i < G_N_ELEMENTS (needed); i++)
    if (needed[i].scope != NULL && !g_strv_contains ((const char *const *)scopes, needed[i].scope))
      {
        if (missing->len > 0)
          g_string_append (missing, "; ");
        /* Translators: the name of a permission and what is not possible without it */
        g_string_append_printf (missing, _ ("%s missing: %s"), needed[i].scope, needed[i].without);
      }

  if (missing->len == 0)
    roster_test_step_set (step, ROSTER_STEP_OK, g_strdup (_ ("List, view, update, delete")), NULL);
  else
    roster_test_step_set (
      step, ROSTER_STEP_WARNING, g_strdup (missing->str),
      g_strdup (_ ("In the service’s console open the application, then API Authorization, SCIM2 "
                   "Users API, and select the missing permission. Then test again.")));
}

static const char *
get_users_fix (const ScimDialect *dialect, const GError *error)
{
  if (g_error_matches (error, SCIM_ERROR, SCIM_ERROR_FORBIDDEN) && dialect->scope_list != NULL)
    return _ (
      "The application lacks the permission to list users. In the service’s console open the "
      "application, then API Authorization, SCIM2 Users API, and select it.");
  if (g_error_matches (error, SCIM_ERROR, SCIM_ERROR_FORBIDDEN))
    return _ ("Give this account or token the permission to list users.");
  if (g_error_matches (error, SCIM_ERROR, SCIM_ERROR_NOT_FOUND) ||
      g_error_matches (error, SCIM_ERROR, SCIM_ERROR_PROTOCOL) ||
      g_error_matches (error, SCIM_ERROR, SCIM_ERROR_INVALID_JSON))
    return _ ("Check the address: it is the one under which /Users is found, and often ends in "
              "/scim2 or /scim/v2.");
  if (g_error_matches (error, SCIM_ERROR, SCIM_ERROR_TOO_MANY_REQUESTS))
    return _ ("The service asks for a pause. Wait a minute and test again.");

  return _ (
    "Test again. If it stays like this, whoever runs the service can find the reason in its "
    "log.");
}

void
roster_finding_users (RosterTestStep *step,
                      const ScimDialect *dialect,
                      gint64 total,
                      const GError *error)
{
  g_autofree char *count = total >= 0 ? roster_label_count ((guint64)total) : NULL;

  if (error != NULL)
    roster_test_step_set (step, ROSTER_STEP_FAILED, dup_words (error),
                          g_strdup (get_users_fix (dialect, error)));
  else if (count == NULL)
    roster_test_step_set (step, ROSTER_STEP_OK, g_strdup (_ ("First page read")), NULL);
  else
    roster_test_step_set (
      step, ROSTER_STEP_OK,
      /* Translators: %s is the count of users that the service says it has */
      g_strdup_printf (ngettext ("First page read, %s user reported",
                                 "First page read, %s users reported", (gulong)total),
                       count),
      NULL);
}

void
roster_finding_attributes (RosterTestStep *step, ScimSchemas *schemas, const GError *error)
{
  g_autofree char *n_schemas_text = NULL;
  g_autofree char *n_attributes_text = NULL;
  guint n_schemas;
  guint n_attributes = 0;

  if (schemas == NULL)
    {
      g_autofree char *words = dup_words (error);

      roster_test_step_set (
        step, ROSTER_STEP_WARNING,
        g_strdup_printf (/* Translators: %s is the reason, already translated */
                         _ ("The service does not describe its attributes (%s)"), words),
        g_strdup (_ ("Roster uses the attributes of the SCIM standard. Others are shown as they "
                     "are and cannot be changed.")));
      return;
    }

  n_schemas = scim_schemas_get_n (schemas);
  for (guint i = 0; i < n_schemas; i++)
    n_attributes += scim_schemas_get_at (schemas, i)->attributes->len;

  /* Translators: a SCIM schema: a set of attributes */
  n_schemas_text = g_strdup_printf (ngettext ("%u schema", "%u schemas", n_schemas), n_schemas);
  n_attributes_text =
    /* Translators: an attribute of users, such as the department */
    g_strdup_printf (ngettext ("%u attribute", "%u attributes", n_attributes), n_attributes);
  roster_test_step_set (step, ROSTER_STEP_OK,
                        /* Translators: “5 schemas, 61 attributes”, both already translated */
                        g_strdup_printf (_ ("%s, %s"), n_schemas_text, n_attributes_text), NULL);
}

void
roster_finding_passwords (RosterTestStep *step, const ScimDialect *dialect, int change_password)
{
  if (change_password == 0)
    roster_test_step_set (
      step, ROSTER_STEP_WARNING, g_strdup (_ ("The service does not support changing passwords")),
      g_strdup (_ ("Reset passwords in the service’s own console. Everything else works.")));
  else if (dialect->has_invitation)
    roster_test_step_set (step, ROSTER_STEP_OK,
                          g_strdup (_ ("Temporary passwords and invitations")), NULL);
  else
    roster_test_step_set (
      step, ROSTER_STEP_OK,
      g_strdup (_ ("Temporary passwords; invitations are a function of WSO2’s services")), NULL);
}
