<?php
// SPDX-License-Identifier: GPL-3.0-or-later
/**
 * Plugin Name: ChatFlow
 * Description: Puts your ChatFlow chat on every page. Your own server, no third party.
 * Version: 0.1.0
 * Requires at least: 6.0
 * Requires PHP: 7.4
 * License: GPL-3.0-or-later
 * Text Domain: chatflow
 */

defined( 'ABSPATH' ) || exit;

require_once __DIR__ . '/class-settings.php';
require_once __DIR__ . '/class-snippet.php';

( new \ChatFlow\Snippet() )->register();
if ( is_admin() ) {
	( new \ChatFlow\Settings() )->register();
}
