/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

void cfd_background_enter (void);
