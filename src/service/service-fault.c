/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service-fault-private.h"

#include <string.h>

struct _RosterServiceFaults
{
  guint seed;
  GRand *chance;
  GPtrArray *rules; /* RosterServiceFaultRule */
};

static gboolean
is_in_place (RosterServiceFaultPlace place, const char *path)
{
  switch (place)
    {
    case ROSTER_SERVICE_FAULT_LIST:
      return g_str_equal (path, "/Users") || g_str_equal (path, "/Users/");
    case ROSTER_SERVICE_FAULT_USER:
      return g_str_has_prefix (path, "/Users/") && path[strlen ("/Users/")] != '\0';
    case ROSTER_SERVICE_FAULT_ANYWHERE:
    case ROSTER_SERVICE_FAULT_SCIM:
    default:
      return TRUE;
    }
}

static gboolean
matches (const RosterServiceFaultRule *rule, const RosterServiceRequest *request)
{
  const RosterServiceFaultScope *scope = rule->kind->scope;

  if (rule->kind->run == NULL || rule->token != g_str_equal (request->path, "token"))
    return FALSE;
  if (rule->method != NULL && !g_str_equal (rule->method, request->method))
    return FALSE;
  if (rule->path != NULL && !g_pattern_spec_match_string (rule->path, request->path))
    return FALSE;
  if (scope->methods != NULL && !g_strv_contains (scope->methods, request->method))
    return FALSE;
  if (!is_in_place (scope->place, request->path))
    return FALSE;
  return rule->kind->spares == NULL || !rule->kind->spares (rule, request);
}

RosterServiceFaults *
roster_service_faults_new (guint seed)
{
  RosterServiceFaults *self = g_new0 (RosterServiceFaults, 1);

  self->seed = seed;
  self->chance = g_rand_new_with_seed (seed);
  self->rules = g_ptr_array_new ();
  return self;
}

void
roster_service_faults_free (RosterServiceFaults *self)
{
  g_rand_free (self->chance);
  g_ptr_array_unref (self->rules);
  g_free (self);
}

gboolean
roster_service_faults_set_plan (RosterServiceFaults *self, const char *plan, GError **error)
{
  GPtrArray *rules = roster_service_fault_plan_parse (plan, error);

  if (rules == NULL)
    return FALSE;
  g_ptr_array_unref (self->rules);
  self->rules = rules;
  g_rand_set_seed (self->chance, self->seed);
  return TRUE;
}

gboolean
roster_service_faults_refuses (RosterServiceFaults *self)
{
  for (guint i = 0; i < self->rules->len; i++)
    {
      const RosterServiceFaultRule *rule = g_ptr_array_index (self->rules, i);

      if (rule->kind->run == NULL)
        return TRUE;
    }
  return FALSE;
}

const RosterServiceFaultRule *
roster_service_faults_pick (RosterServiceFaults *self, const RosterServiceRequest *request)
{
  if (request->path == NULL)
    return NULL;
  for (guint i = 0; i < self->rules->len; i++)
    {
      RosterServiceFaultRule *rule = g_ptr_array_index (self->rules, i);

      if (!matches (rule, request))
        continue;
      rule->n_matched++;
      if (rule->n_matched <= rule->after || rule->n_hit >= rule->times)
        continue;
      if (rule->chance < 100 && (guint)g_rand_int_range (self->chance, 0, 100) >= rule->chance)
        continue;
      rule->n_hit++;
      return rule;
    }
  return NULL;
}

const char *
roster_service_fault_rule_get_name (const RosterServiceFaultRule *self)
{
  return self->kind->name;
}

void
roster_service_fault_rule_run (const RosterServiceFaultRule *self, RosterServiceRequest *request)
{
  self->kind->run (self, request);
}
