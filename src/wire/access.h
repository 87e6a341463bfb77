// The JSON of the doors: signing in, second factor, invitations, API tokens. What comes in here holds secrets; nothing
// of it is ever logged.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "people/api_tokens.h"
#include "people/join_team.h"
#include "people/persons.h"
#include "people/start_visit.h"
#include "wire/nouns.h"

namespace kith::wire {

struct BeginVisit {
  SessionId id;
  InboxId inbox;
  std::string token;           // made by the client; empty: make one
  std::string identity_token;  // a JWT of the host website; empty when nobody vouches
  std::vector<std::string> languages;
};
Result<BeginVisit> decode_begin_visit(std::string_view body);

struct SignInBody {
  std::string email;
  std::string password;
};
Result<SignInBody> decode_sign_in(std::string_view body);
Result<std::string> decode_second_factor_code(std::string_view body);
Result<std::string> decode_password(std::string_view body);

struct ChangePasswordBody {
  std::string current;
  std::string wanted;
};
Result<ChangePasswordBody> decode_change_password(std::string_view body);

struct ChangeColleague {
  std::optional<std::string> called;
  std::optional<std::string> hello_line;
};
Result<ChangeColleague> decode_change_colleague(std::string_view body);

// Without the token's digest and the date, which the adapter makes.
Result<InviteColleague> decode_invite_colleague(std::string_view body);
Result<std::string> decode_invitation_token(std::string_view body);
struct AcceptInvitationBody {
  std::string token;
  PersonId person;
  std::string called;
  std::string email;
  std::string password;
};
Result<AcceptInvitationBody> decode_accept_invitation(std::string_view body);
struct SetUpBody {
  std::string key;
  std::string organisation;
  std::string time_zone;
  PersonId person;
  std::string called;
  std::string email;
  std::string password;
};
Result<SetUpBody> decode_set_up(std::string_view body);
// Without the secret's digest.
Result<CreateApiToken> decode_create_token(std::string_view body);

struct DeskSession {
  PersonId person;
  std::string called;
  std::string face;  // the key of her picture
  std::string hello_line;
  bool is_leader = false;
  bool is_admin = false;
  bool has_second_factor = false;
  bool second_factor_due = false;
};
std::string encode_desk_session(const DeskSession& session);
std::string encode_colleague(const Person& person, std::string_view hello_line, bool is_in_team);
std::string encode_second_factor_setup(std::string_view secret_base32, std::string_view uri);
std::string encode_new_invitation(const Invitation& invitation, std::string_view token);
std::string encode_invitations(std::span<const Invitation> invitations);
std::string encode_invitation_look(const Invitation& invitation, std::string_view organisation, std::string_view by);
std::string encode_new_token(const ApiToken& token, std::string_view secret);
std::string encode_tokens(std::span<const ApiToken> tokens);
std::string encode_identity_secret(std::string_view secret);

}  // namespace kith::wire
