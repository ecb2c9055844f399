#include "exec/secretname.h"

#include <stddef.h>
#include <string.h>

#define COUNT(rows) (sizeof(rows) / sizeof((rows)[0]))
#define LONGEST 128

/* A name in small letters and digits alone, without the digits and the plural
 * at its end. */
struct plain {
	char p[LONGEST];
	size_t n;
};

static void
make_plain(struct plain *plain, struct ev_slice name)
{
	size_t i;
	char c;

	plain->n = 0;
	/* of a long one the end counts */
	for (i = name.n >= LONGEST ? name.n - LONGEST + 1 : 0; i < name.n;
	     i++) {
		c = name.p[i];
		if (c >= 'A' && c <= 'Z')
			c = (char)(c - 'A' + 'a');
		if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
			plain->p[plain->n++] = c;
	}
	while (plain->n > 0 && plain->p[plain->n - 1] >= '0' &&
	    plain->p[plain->n - 1] <= '9')
		plain->n--;
}

static bool
ends_in(const struct plain *plain, const char *word)
{
	size_t n = strlen(word);

	return plain->n >= n && memcmp(plain->p + plain->n - n, word, n) == 0;
}

static bool
ends_in_one(const struct plain *plain, const char *const *words, size_t count)
{
	size_t i;

	for (i = 0; i < count; i++)
		if (ends_in(plain, words[i]))
			return true;
	return false;
}

static bool
is_one(const struct plain *plain, const char *const *words, size_t count)
{
	size_t i;

	for (i = 0; i < count; i++)
		if (plain->n == strlen(words[i]) && ends_in(plain, words[i]))
			return true;
	return false;
}

/* Of variables, in capitals, any KEY: "STRIPE_KEY", not "--key". */
static bool
is_key_variable(struct ev_slice name)
{
	static const char tail[] = "_KEY";
	size_t n = sizeof(tail) - 1;

	return name.n > n && memcmp(name.p + name.n - n, tail, n) == 0;
}

bool
ev_exec_secret_name(struct ev_slice name)
{
	static const char *const ends[] = { "password", "passwd", "passphrase",
		"passcode", "passwort", "pwd", "pass", "secret", "token",
		"apikey", "accesskey", "secretkey", "privatekey", "authkey",
		"signingkey", "encryptionkey", "masterkey", "sessionkey",
		"accountkey", "sharedkey", "credential", "authorization",
		"auth", "cookie", "signature", "connectionstring", "bearer" };
	static const char *const whole[] = { "passin", "passout", "pat", "jwt",
		"pin", "otp" };
	static const char *const others[] = { "bypass", "compass", "oldpwd" };
	struct plain plain;

	while (name.n > 0 && (*name.p == '-' || *name.p == '.'))
		name = (struct ev_slice){ name.p + 1, name.n - 1 };
	make_plain(&plain, name);
	if (ev_slice_starts(name, "no-") || ev_slice_is(name, "PWD") ||
	    ends_in_one(&plain, others, COUNT(others)))
		return false;
	if (is_key_variable(name) || is_one(&plain, whole, COUNT(whole)) ||
	    ends_in_one(&plain, ends, COUNT(ends)))
		return true;
	if (plain.n == 0 || plain.p[plain.n - 1] != 's')
		return false;
	plain.n--;
	return ends_in_one(&plain, ends, COUNT(ends)) &&
	    !ends_in(&plain, "pas");
}

bool
ev_exec_user_name(struct ev_slice option)
{
	static const char *const names[] = { "user", "proxyuser", "userpwd" };
	struct plain plain;

	if (!ev_slice_starts(option, "--"))
		return false;
	make_plain(&plain, option);
	return is_one(&plain, names, COUNT(names));
}

bool
ev_exec_secret_scheme(struct ev_slice word)
{
	static const char *const names[] = { "bearer", "basic", "token",
		"digest", "apikey" };
	struct plain plain;

	make_plain(&plain, word);
	return is_one(&plain, names, COUNT(names));
}

const struct ev_exec_letters *
ev_exec_letters(struct ev_slice program)
{
	static const struct ev_exec_letters rows[] = {
		{ "curl", 'u', false, true },
		{ "http", 'a', false, true },
		{ "https", 'a', false, true },
		{ "mysql", 'p', true, false },
		{ "mysqldump", 'p', true, false },
		{ "mysqladmin", 'p', true, false },
		{ "mariadb", 'p', true, false },
		{ "mariadb-dump", 'p', true, false },
		{ "7z", 'p', true, false },
		{ "sshpass", 'p', false, false },
		{ "login", 'p', false, false },
		{ "mongosh", 'p', false, false },
		{ "mongodump", 'p', false, false },
		{ "redis-cli", 'a', false, false },
		{ "zip", 'P', false, false },
		{ "unzip", 'P', false, false },
		{ "sqlcmd", 'P', false, false },
		{ "mosquitto_pub", 'P', false, false },
		{ "ldapsearch", 'w', false, false },
		{ "smbclient", 'U', false, true },
	};
	const char *slash = memrchr(program.p, '/', program.n);
	size_t i;

	if (slash != NULL)
		program = (struct ev_slice){ slash + 1,
			(size_t)(program.p + program.n - slash - 1) };
	for (i = 0; i < COUNT(rows); i++)
		if (ev_slice_is(program, rows[i].program))
			return &rows[i];
	return NULL;
}
