#include "people/api_tokens.h"

#include <utility>

#include "people/if_found.h"
#include "people/may.h"
#include "people/person_facts.h"
#include "people/recognise.h"
#include "people/text_rules.h"

namespace kith {
namespace {

constexpr std::uint32_t kEveryScope = kReadPeople | kReadConversations | kWriteEntries | kManageSettings;

Result<ApiToken> mint_again(Tx& tx, ApiToken earlier, const ApiToken& asked) {
  const Digest before = std::exchange(earlier.token_digest, asked.token_digest);
  if (earlier != asked) return fail(Errc::conflict, "the id belongs to another token, or it is revoked");
  if (before == asked.token_digest) return earlier;
  KITH_CHECK(tx.access().save_token(earlier));
  announce_sessions(tx, {session_of(earlier.id)});
  return earlier;
}

}  // namespace

Result<ApiToken> create_api_token(Tx& tx, const Actor& actor, const CreateApiToken& command) {
  KITH_CHECK(may(actor, Verb::add, touched::ApiToken{}));
  KITH_TRY(const std::string name, read_needed_line("name", command.name));
  ApiToken token{.id = command.id,
                 .name = name,
                 .token_digest = command.token_digest,
                 .scopes = command.scopes,
                 .created_by = actor.person,
                 .expires_at = command.expires_at};
  KITH_TRY(const auto earlier, if_found(tx.access().find_token(command.id)));
  if (earlier) return mint_again(tx, *earlier, token);
  if (command.scopes == 0 || (command.scopes & ~kEveryScope) != 0) return invalid("scopes", "none, or unknown ones");
  if (command.expires_at <= tx.now()) return invalid("expires_at", "not in the future");
  KITH_CHECK(tx.access().save_token(token));
  return token;
}

Result<ApiToken> revoke_api_token(Tx& tx, const Actor& actor, const RevokeApiToken& command) {
  KITH_CHECK(may(actor, Verb::take_back, touched::ApiToken{}));
  KITH_TRY(ApiToken token, tx.access().find_token(command.id));
  if (token.revoked) return token;
  token.revoked = true;
  KITH_CHECK(tx.access().save_token(token));
  announce_sessions(tx, {session_of(token.id)});
  return token;
}

Result<std::vector<ApiToken>> list_api_tokens(const Snapshot& snapshot, const Actor& actor) {
  constexpr std::size_t kMost = 500;
  KITH_CHECK(may(actor, Verb::read, touched::ApiToken{}));
  return snapshot.access().tokens(kMost);
}

}  // namespace kith
