<?php
// SPDX-License-Identifier: GPL-3.0-or-later
// The plugin is deleted: so is what it kept.
defined( 'WP_UNINSTALL_PLUGIN' ) || exit;

delete_option( 'chatflow' );
