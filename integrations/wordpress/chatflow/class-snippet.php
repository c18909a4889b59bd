<?php
// SPDX-License-Identifier: GPL-3.0-or-later
namespace ChatFlow;

defined( 'ABSPATH' ) || exit;

/** The one line on every page, and who is signed in. */
final class Snippet {
	const HANDLE = 'chatflow';
	/** For so many seconds a page may say who somebody is: a page that stays open has been told already. */
	const PROOF_SECONDS = 3600;
	/** Says to the next page, which may come from a cache, that somebody has just signed out. */
	const SIGNED_OUT = 'chatflow_signed_out';
	/** Calls that are made before the script is there wait for it. */
	const QUEUE = 'window.ChatFlow=window.ChatFlow||function(){(ChatFlow.q=ChatFlow.q||[]).push(arguments)};';

	public function register(): void {
		add_action( 'wp_enqueue_scripts', array( $this, 'enqueue' ) );
		add_filter( 'script_loader_tag', array( $this, 'mark' ), 10, 2 );
		add_action( 'wp_logout', array( $this, 'leave' ) );
	}

	public function enqueue(): void {
		$settings = Settings::get();
		if ( '' === $settings['server'] || '' === $settings['key'] ) {
			return;
		}
		wp_enqueue_script( self::HANDLE, $settings['server'] . '/widget.js', array(), null, true );
		if ( $settings['identify'] ) {
			wp_add_inline_script( self::HANDLE, self::QUEUE . $this->forget() . $this->tell( wp_get_current_user(), $settings['secret'] ), 'before' );
		}
	}

	/** Who comes after somebody at this browser is not taken for them. */
	public function leave(): void {
		if ( ! headers_sent() ) {
			setcookie( self::SIGNED_OUT, '1', array( 'path' => COOKIEPATH ? COOKIEPATH : '/', 'samesite' => 'Lax', 'secure' => is_ssl() ) );
		}
	}

	private function forget(): string {
		return sprintf( 'if(document.cookie.includes("%1$s=1")){ChatFlow("logout");document.cookie="%1$s=;max-age=0;path=%2$s"}', self::SIGNED_OUT, COOKIEPATH ? COOKIEPATH : '/' );
	}

	private function tell( \WP_User $user, string $secret ): string {
		$who = $this->who( $user, $secret );
		return array() === $who ? '' : 'ChatFlow(' . implode( ',', array_map( static fn( $word ) => wp_json_encode( $word, JSON_HEX_TAG | JSON_HEX_AMP ), $who ) ) . ');';
	}

	/** The script tag of the widget waits for nothing, nothing waits for it, and it says whose site this is. */
	public function mark( string $tag, string $handle ): string {
		if ( self::HANDLE !== $handle ) {
			return $tag;
		}
		return str_replace( ' src=', ' async data-site="' . esc_attr( Settings::get()['key'] ) . '" src=', $tag );
	}

	/** The call that says who is signed in: proven where there is a secret, claimed where there is none; empty for nobody. */
	private function who( \WP_User $user, string $secret ): array {
		if ( 0 === $user->ID ) {
			return array();
		}
		$claims = array( 'name' => mb_substr( $user->display_name, 0, 100 ), 'email' => $user->user_email );
		if ( '' === $secret ) {
			return array( 'identify', $claims );
		}
		$now = time();
		return array( 'verify', self::sign( $claims + array( 'sub' => (string) $user->ID, 'iat' => $now, 'exp' => $now + self::PROOF_SECONDS ), $secret ) );
	}

	/** A JSON Web Token (RFC 7519), signed with HMAC-SHA256. */
	private static function sign( array $claims, string $secret ): string {
		$encode = static fn( string $bytes ) => rtrim( strtr( base64_encode( $bytes ), '+/', '-_' ), '=' );
		$text   = $encode( '{"alg":"HS256","typ":"JWT"}' ) . '.' . $encode( wp_json_encode( $claims ) );
		return $text . '.' . $encode( hash_hmac( 'sha256', $text, $secret, true ) );
	}
}
