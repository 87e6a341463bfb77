// Keys for programs. A program may read and write in its own name, never as a human.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "domain/access.h"
#include "domain/ports/store.h"

namespace kith {

struct CreateApiToken {
  ApiTokenId id;
  std::string name;  // what its entries are labelled with
  Digest token_digest;
  std::uint32_t scopes = 0;  // Scope bits, at least one
  Time expires_at;
};
// By an admin or the system. A repeat by the same one takes the new secret instead of the earlier, whose answer was
// lost; conflict when it is revoked, or when the id belongs to another token.
Result<ApiToken> create_api_token(Tx& tx, const Actor& actor, const CreateApiToken& command);

struct RevokeApiToken {
  ApiTokenId id;
};
// Fine when it is revoked already.
Result<ApiToken> revoke_api_token(Tx& tx, const Actor& actor, const RevokeApiToken& command);

Result<std::vector<ApiToken>> list_api_tokens(const Snapshot& snapshot, const Actor& actor);

}  // namespace kith
