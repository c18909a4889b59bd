/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "protocol/methods/results.h"

G_BEGIN_DECLS

CfRecordsResult *cfd_result_of_record  (gpointer record);
CfRecordsResult *cfd_result_of_records (GPtrArray *records);

G_END_DECLS
