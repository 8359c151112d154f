/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "faults.h"

G_BEGIN_DECLS

/* faults-reading.c */
extern const FaultOperation fault_test;
extern const FaultOperation fault_open;
extern const FaultOperation fault_list;
extern const FaultOperation fault_refresh;
/* faults-profile.c */
extern const FaultOperation fault_view;
extern const FaultOperation fault_update_rfc;
extern const FaultOperation fault_update_wso2;
extern const FaultOperation fault_delete;
extern const FaultOperation fault_invite;
extern const FaultOperation fault_password;

G_END_DECLS
