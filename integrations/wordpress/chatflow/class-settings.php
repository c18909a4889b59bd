<?php
// SPDX-License-Identifier: GPL-3.0-or-later
namespace ChatFlow;

defined( 'ABSPATH' ) || exit;

/** What the administrator has chosen, and the page on which it is chosen: Settings, ChatFlow. */
final class Settings {
	const OPTION = 'chatflow';
	const PAGE   = 'chatflow';
	/** Shown in place of a secret that is kept. */
	const KEPT   = '••••••••';

	/** @return array{server: string, key: string, identify: bool, secret: string} */
	public static function get(): array {
		return array_merge(
			array( 'server' => '', 'key' => '', 'identify' => false, 'secret' => '' ),
			(array) get_option( self::OPTION, array() )
		);
	}

	public function register(): void {
		add_action( 'admin_menu', array( $this, 'add_page' ) );
		add_action( 'admin_init', array( $this, 'add_fields' ) );
		add_filter( 'plugin_action_links_' . plugin_basename( __DIR__ . '/chatflow.php' ), array( $this, 'add_link' ) );
	}

	public function add_page(): void {
		add_options_page( 'ChatFlow', 'ChatFlow', 'manage_options', self::PAGE, array( $this, 'show' ) );
	}

	public function add_link( array $links ): array {
		$address = admin_url( 'options-general.php?page=' . self::PAGE );
		array_unshift( $links, '<a href="' . esc_url( $address ) . '">' . esc_html__( 'Settings', 'chatflow' ) . '</a>' );
		return $links;
	}

	public function add_fields(): void {
		register_setting( self::PAGE, self::OPTION, array( 'type' => 'array', 'sanitize_callback' => array( $this, 'sanitize' ) ) );
		add_settings_section( 'site', '', '__return_false', self::PAGE );
		$this->add_field( 'server', __( 'Server', 'chatflow' ), 'url', __( 'The address of your ChatFlow server: https://chat.example.com', 'chatflow' ) );
		$this->add_field( 'key', __( 'Site key', 'chatflow' ), 'text', __( 'In ChatFlow: Settings, Sites, the site, Install. It is public.', 'chatflow' ) );
		$this->add_field( 'identify', __( 'Signed-in users', 'chatflow' ), 'checkbox', __( 'Tell the team their name and email address', 'chatflow' ) );
		$this->add_field( 'secret', __( 'Identity secret', 'chatflow' ), 'password', __( 'Optional. With it, who is signed in here is proven to the team: make one in ChatFlow under Proven identity.', 'chatflow' ) );
	}

	private function add_field( string $name, string $label, string $type, string $help ): void {
		add_settings_field( $name, esc_html( $label ), array( $this, 'show_field' ), self::PAGE, 'site', compact( 'name', 'type', 'help' ) + array( 'label_for' => self::OPTION . '-' . $name ) );
	}

	public function show_field( array $field ): void {
		$value = self::get()[ $field['name'] ];
		$id    = self::OPTION . '-' . $field['name'];
		if ( 'checkbox' === $field['type'] ) {
			printf( '<input type="checkbox" id="%1$s" name="%2$s" value="1" %3$s> <span class="description">%4$s</span>',
				esc_attr( $id ), esc_attr( self::OPTION . '[' . $field['name'] . ']' ), checked( $value, true, false ), esc_html( $field['help'] ) );
			return;
		}
		if ( 'password' === $field['type'] && '' !== $value ) {
			$value = self::KEPT; // a secret is never written into a page
		}
		printf( '<input type="%1$s" class="regular-text" id="%2$s" name="%3$s" value="%4$s" autocomplete="off" spellcheck="false"><p class="description">%5$s</p>',
			esc_attr( $field['type'] ), esc_attr( $id ), esc_attr( self::OPTION . '[' . $field['name'] . ']' ), esc_attr( $value ), esc_html( $field['help'] ) );
	}

	public function show(): void {
		if ( ! current_user_can( 'manage_options' ) ) {
			return;
		}
		echo '<div class="wrap"><h1>ChatFlow</h1><form action="options.php" method="post">';
		settings_fields( self::PAGE );
		do_settings_sections( self::PAGE );
		submit_button();
		echo '</form></div>';
	}

	/**
	 * Takes over what is right; what is not stays as it was, and the page says why.
	 *
	 * @param mixed $given what was sent
	 */
	public function sanitize( $given ): array {
		$kept  = self::get();
		$given = is_array( $given ) ? array_map( static fn( $value ) => is_string( $value ) ? trim( $value ) : '', $given ) : array();
		return array(
			'server'   => $this->check( 'server', $given['server'] ?? '', self::server( $given['server'] ?? '' ), $kept['server'],
				__( 'The server’s address begins with https:// and has no question mark: https://chat.example.com', 'chatflow' ) ),
			'key'      => $this->check( 'key', $given['key'] ?? '', preg_match( '/^[A-Za-z0-9_-]{1,40}$/D', $given['key'] ?? '' ) ? $given['key'] : '', $kept['key'],
				__( 'A site key is made of letters, digits, dashes and underscores.', 'chatflow' ) ),
			'identify' => ! empty( $given['identify'] ),
			'secret'   => self::KEPT === ( $given['secret'] ?? '' ) ? $kept['secret'] : substr( $given['secret'] ?? '', 0, 200 ),
		);
	}

	/** A web address without its last slash, empty when it is none. Plain HTTP is for this computer only. */
	private static function server( string $given ): string {
		$parts  = wp_parse_url( $given );
		$scheme = $parts['scheme'] ?? '';
		$local  = in_array( $parts['host'] ?? '', array( 'localhost', '127.0.0.1' ), true );
		$fits   = isset( $parts['host'] ) && ! isset( $parts['query'] ) && ! isset( $parts['fragment'] ) && ! isset( $parts['user'] )
			&& ( 'https' === $scheme || ( $local && 'http' === $scheme ) );
		return $fits ? untrailingslashit( sanitize_url( $given, array( 'http', 'https' ) ) ) : '';
	}

	private function check( string $name, string $given, string $right, string $kept, string $why ): string {
		if ( '' === $given || '' !== $right ) {
			return $right;
		}
		add_settings_error( self::OPTION, $name, $why );
		return $kept;
	}
}
