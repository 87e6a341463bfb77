// A visitor comes in: by the device she holds, or vouched for by the host website. No question is asked.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "domain/access.h"
#include "domain/conversation.h"
#include "domain/person.h"
#include "domain/ports/store.h"

namespace kith {

// What a host website's signed token says, already verified by the adapter.
struct HostIdentity {
  std::string issuer;
  std::string subject;
  std::string name;   // used only while the person has not said how she likes to be called
  std::string email;  // empty when not told
  bool email_verified = false;
};

struct StartVisit {
  SessionId id;         // client-made
  Digest token_digest;  // of the secret that will prove this session; a repeat must bring the same one
  InboxId inbox;
  Time expires_at;
  std::optional<HostIdentity> host;
  std::vector<std::string> languages;  // what her device prefers; kept only for a new person
};

struct Visit {
  Session session;
  Person person;
  Thread thread;
};

// `actor` is nobody, or the visitor an earlier token has recognised. Without `host` a known visitor stays who she is
// and nobody becomes a new person with her conversation. With `host`, the person of that identity is the visitor: she
// may be another than the one who used the device before, and then nothing of the earlier one is shown to her. An
// identity nobody has yet is given to the visitor of the device, unless a site has vouched for her as somebody else;
// her earlier sessions end then, so that a token planted on her device is worth nothing.
Result<Visit> start_visit(Tx& tx, const Actor& actor, const StartVisit& command);

}  // namespace kith
