/* SPDX-License-Identifier: GPL-3.0-or-later */
/* roster-service: a small strict SCIM 2.0 service on loopback, for the demo and for tests. It says
 * where it is and how to sign in on its output, and forgets everything when it ends. */
#include "config.h"

#include "service-control.h"
#include "service-fault.h"
#include "service-listen.h"

#include <glib-unix.h>
#include <locale.h>
#include <stdio.h>

#define MAX_USERS 2000000

typedef struct
{
  int port;
  int n_users;
  int seed;
  int token_lifetime;
  char *personality;
  char *invitation;
  char *scopes;
  char *fault;
  gboolean control;
  gboolean help_faults;
  gboolean exit_with_stdin;
} Options;

typedef struct
{
  GMainLoop *loop;
  SoupServer *server;
} Stopper;

static void
options_clear (Options *self)
{
  g_free (self->personality);
  g_free (self->invitation);
  g_free (self->scopes);
  g_free (self->fault);
}

static gboolean
refuse (GError **error, const char *what)
{
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, "%s", what);
  return FALSE;
}

static gboolean
check_options (const Options *self, GError **error)
{
  if (self->port < 0 || self->port > 65535)
    return refuse (error, "--port is between 0 and 65535");
  if (self->n_users < 0 || self->n_users > MAX_USERS)
    return refuse (error, "--users is between 0 and 2000000");
  if (self->token_lifetime < 0)
    return refuse (error, "--token-lifetime is not negative");
  if (!g_str_equal (self->personality, "rfc") && !g_str_equal (self->personality, "wso2"))
    return refuse (error, "--personality is rfc or wso2");
  if (!g_str_equal (self->invitation, "lock") && !g_str_equal (self->invitation, "ignore"))
    return refuse (error, "--invitation is lock or ignore");
  return TRUE;
}

static gboolean
parse_options (Options *self, int *argc, char ***argv, GError **error)
{
  const GOptionEntry entries[] = {
    { "port", 0, 0, G_OPTION_ARG_INT, &self->port, "Port on loopback (0: any free one)", "N" },
    { "users", 0, 0, G_OPTION_ARG_INT, &self->n_users,
      "How many users to invent; the last of two or more is edge.case", "N" },
    { "personality", 0, 0, G_OPTION_ARG_STRING, &self->personality,
      "Speak like the RFC or like WSO2 Identity Server", "rfc|wso2" },
    { "invitation", 0, 0, G_OPTION_ARG_STRING, &self->invitation,
      "Lock the invited account, or accept and do nothing", "lock|ignore" },
    { "seed", 0, 0, G_OPTION_ARG_INT, &self->seed, "The same seed invents the same users", "S" },
    { "scopes", 0, 0, G_OPTION_ARG_STRING, &self->scopes, "What the token endpoint grants at most",
      "SCOPES" },
    { "token-lifetime", 0, 0, G_OPTION_ARG_INT, &self->token_lifetime,
      "How long a token of the token endpoint lives", "SECONDS" },
    { "fault", 0, 0, G_OPTION_ARG_STRING, &self->fault, "What goes wrong; see --help-faults",
      "PLAN" },
    { "help-faults", 0, 0, G_OPTION_ARG_NONE, &self->help_faults, "Tell how a PLAN is written",
      NULL },
    { "control", 0, 0, G_OPTION_ARG_NONE, &self->control,
      "Obey commands on standard input, end with it; see --help-faults", NULL },
    { "exit-with-stdin", 0, 0, G_OPTION_ARG_NONE, &self->exit_with_stdin,
      "End when standard input is closed", NULL },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("- a SCIM 2.0 service for trying out");

  g_option_context_add_main_entries (context, entries, NULL);
  g_option_context_set_description (
    context,
    "The first line of output is “URL TOKEN”, the second “TOKEN-URL CLIENT-ID CLIENT-SECRET”.\n"
    "HTTP Basic with the client's id and secret lets an administrator in, too.");
  if (!g_option_context_parse (context, argc, argv, error))
    return FALSE;
  if (self->personality == NULL)
    self->personality = g_strdup ("rfc");
  if (self->invitation == NULL)
    self->invitation = g_strdup ("lock");
  return check_options (self, error);
}

static gboolean
quit_cb (gpointer user_data)
{
  g_main_loop_quit (user_data);
  return G_SOURCE_REMOVE;
}

/* Connections that stand open are closed in the loop, so it goes on until it has nothing to do. */
static void
stop (Stopper *self)
{
  soup_server_disconnect (self->server);
  g_idle_add_full (G_PRIORITY_LOW, quit_cb, self->loop, NULL);
}

static gboolean
signal_cb (gpointer user_data)
{
  stop (user_data);
  return G_SOURCE_CONTINUE;
}

/* The parent has gone, or wants this to end. */
static gboolean
stdin_cb (int fd, GIOCondition condition, gpointer user_data)
{
  char buffer[256];

  if ((condition & G_IO_IN) && read (fd, buffer, sizeof buffer) > 0)
    return G_SOURCE_CONTINUE;
  stop (user_data);
  return G_SOURCE_REMOVE;
}

static void
announce (const RosterService *service, guint16 port)
{
  const RosterServicePersonality *personality = service->personality;

  printf ("http://127.0.0.1:%u%s %s\n", port, personality->base_path,
          roster_service_auth_get_token (service->auth));
  printf ("http://127.0.0.1:%u%s %s %s\n", port, personality->token_path,
          roster_service_auth_get_client_id (service->auth),
          roster_service_auth_get_client_secret (service->auth));
  fflush (stdout);
}

static RosterService *
make_service (const Options *options)
{
  gboolean wso2 = g_str_equal (options->personality, "wso2");
  RosterServiceAuth *auth =
    roster_service_auth_new (options->scopes, (guint)options->token_lifetime);
  RosterService *service =
    roster_service_new (wso2 ? &roster_service_wso2 : &roster_service_rfc, auth,
                        g_str_equal (options->invitation, "lock"), (guint)options->seed);

  roster_service_populate (service, (guint)options->n_users);
  return service;
}

static gboolean
serve (const Options *options, GError **error)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (RosterService) service = make_service (options);
  g_autoptr (SoupServer) server =
    soup_server_new ("server-header", "roster-service", "raw-paths", TRUE, NULL);
  g_autoptr (RosterServiceDoor) door = NULL;
  g_autoptr (RosterServiceControl) control = NULL;
  Stopper stopper = { loop, server };

  roster_service_http_attach (service, server);
  door = roster_service_door_new (server, (guint16)options->port, error);
  if (door == NULL)
    return FALSE;
  if (options->fault != NULL &&
      !roster_service_control_set_plan (service, door, options->fault, error))
    return FALSE;

  g_unix_signal_add (SIGTERM, signal_cb, &stopper);
  g_unix_signal_add (SIGINT, signal_cb, &stopper);
  if (options->control)
    control = roster_service_control_new (service, door, signal_cb, &stopper);
  else if (options->exit_with_stdin)
    g_unix_fd_add (STDIN_FILENO, G_IO_IN | G_IO_HUP | G_IO_ERR, stdin_cb, &stopper);
  announce (service, roster_service_door_get_port (door));
  g_main_loop_run (loop);
  return TRUE;
}

static gboolean
print_help (void)
{
  g_autofree char *help = roster_service_faults_dup_help ();

  fputs (help, stdout);
  return TRUE;
}

int
main (int argc, char *argv[])
{
  Options options = { .n_users = 1000, .seed = 1, .token_lifetime = 3600 };
  g_autoptr (GError) error = NULL;
  gboolean done;

  /* For the letters of messages alone: dates and numbers are for machines. */
  setlocale (LC_CTYPE, "");
  done = parse_options (&options, &argc, &argv, &error) &&
         (options.help_faults ? print_help () : serve (&options, &error));
  if (!done)
    g_printerr ("roster-service: %s\n", error->message);
  options_clear (&options);
  return done ? 0 : 1;
}
