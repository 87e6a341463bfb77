#include "wire/access.h"

#include <algorithm>

#include "base/text.h"
#include "wire/json_reader.h"
#include "wire/words.h"

namespace kith::wire {
namespace {

constexpr std::size_t kLongestPassword = 1024;
constexpr std::size_t kShortestNewPassword = 10;
constexpr std::size_t kLongestEmail = 320;
constexpr std::size_t kLongestName = 200;

// 32 random bytes as base64url.
bool is_secret(std::string_view token) {
  std::string bytes;
  return token.size() == 43 && read_base64url(token, bytes) && bytes.size() == 32;
}

void read_new_password(JsonFields& fields, std::string_view name, std::string& into) {
  fields.text(name, into, kLongestPassword);
  if (length_in_characters(into) < kShortestNewPassword)
    fields.refuse(name, "must have at least " + std::to_string(kShortestNewPassword) + " characters");
}

void read_name(JsonFields& fields, std::string& into) {
  fields.text("called", into, kLongestName);
  if (trim(into).empty()) fields.refuse("called", "must not be empty");
}

Result<std::string> decode_only(std::string_view body, std::string_view name, std::size_t max_characters) {
  KITH_TRY(JsonFields fields, JsonFields::parse(body));
  std::string text;
  fields.text(name, text, max_characters);
  KITH_CHECK(fields.finish());
  return text;
}

void read_scopes(JsonFields& fields, std::uint32_t& scopes) {
  std::vector<std::string> words;
  fields.texts("scopes", words, std::size(kScopes), 32);
  for (const std::string& word : words) {
    const auto* found = std::ranges::find(kScopes, word);
    if (found == std::end(kScopes)) return fields.refuse("scopes", "holds a scope we do not know");
    scopes |= 1U << (found - std::begin(kScopes));
  }
  if (scopes == 0) fields.refuse("scopes", "must not be empty");
}

template <class WriteFields>
std::string object_of(WriteFields write_fields) {
  std::string out;
  out.reserve(384);
  JsonWriter json(out);
  json.begin_object();
  write_fields(json);
  json.end_object();
  return out;
}

}  // namespace

Result<BeginVisit> decode_begin_visit(std::string_view body) {
  KITH_TRY(JsonFields fields, JsonFields::parse(body));
  BeginVisit visit;
  fields.id("id", visit.id);
  fields.id("inbox", visit.inbox);
  if (fields.has("token")) {
    fields.text("token", visit.token, 64);
    if (!is_secret(visit.token)) fields.refuse("token", "must be 32 bytes as base64url");
  }
  if (fields.has("identity_token")) fields.text("identity_token", visit.identity_token, 4096);
  if (fields.has("languages")) fields.texts("languages", visit.languages, 10, 35);
  KITH_CHECK(fields.finish());
  return visit;
}

Result<SignInBody> decode_sign_in(std::string_view body) {
  KITH_TRY(JsonFields fields, JsonFields::parse(body));
  SignInBody sign_in;
  fields.text("email", sign_in.email, kLongestEmail);
  fields.text("password", sign_in.password, kLongestPassword);
  KITH_CHECK(fields.finish());
  sign_in.email = lower_ascii(trim(sign_in.email));
  return sign_in;
}

Result<std::string> decode_second_factor_code(std::string_view body) {
  return decode_only(body, "code", 16);
}
Result<std::string> decode_password(std::string_view body) {
  return decode_only(body, "password", kLongestPassword);
}
Result<std::string> decode_invitation_token(std::string_view body) {
  return decode_only(body, "token", 200);
}

Result<ChangePasswordBody> decode_change_password(std::string_view body) {
  KITH_TRY(JsonFields fields, JsonFields::parse(body));
  ChangePasswordBody change;
  fields.text("current", change.current, kLongestPassword);
  read_new_password(fields, "new", change.wanted);
  KITH_CHECK(fields.finish());
  return change;
}

Result<ChangeColleague> decode_change_colleague(std::string_view body) {
  KITH_TRY(JsonFields fields, JsonFields::parse(body));
  ChangeColleague change;
  if (fields.has("called")) read_name(fields, change.called.emplace());
  if (fields.has("hello_line")) fields.text("hello_line", change.hello_line.emplace(), 500);
  KITH_CHECK(fields.finish());
  return change;
}

Result<InviteColleague> decode_invite_colleague(std::string_view body) {
  KITH_TRY(JsonFields fields, JsonFields::parse(body));
  InviteColleague invite;
  fields.id("id", invite.id);
  read_name(fields, invite.called);
  if (fields.has("as_leader")) fields.boolean("as_leader", invite.as_leader);
  fields.maybe_id("team", invite.team);
  KITH_CHECK(fields.finish());
  return invite;
}

Result<AcceptInvitationBody> decode_accept_invitation(std::string_view body) {
  KITH_TRY(JsonFields fields, JsonFields::parse(body));
  AcceptInvitationBody accept;
  fields.text("token", accept.token, 200);
  fields.id("person", accept.person);
  read_name(fields, accept.called);
  fields.text("email", accept.email, kLongestEmail);
  read_new_password(fields, "password", accept.password);
  KITH_CHECK(fields.finish());
  accept.email = lower_ascii(trim(accept.email));
  return accept;
}

Result<SetUpBody> decode_set_up(std::string_view body) {
  KITH_TRY(JsonFields fields, JsonFields::parse(body));
  SetUpBody set_up;
  fields.text("key", set_up.key, 200);
  fields.text("organisation", set_up.organisation, kLongestName);
  if (trim(set_up.organisation).empty()) fields.refuse("organisation", "must not be empty");
  fields.text("time_zone", set_up.time_zone, 64);
  fields.id("person", set_up.person);
  read_name(fields, set_up.called);
  fields.text("email", set_up.email, kLongestEmail);
  read_new_password(fields, "password", set_up.password);
  KITH_CHECK(fields.finish());
  return set_up;
}

Result<CreateApiToken> decode_create_token(std::string_view body) {
  KITH_TRY(JsonFields fields, JsonFields::parse(body));
  CreateApiToken create;
  fields.id("id", create.id);
  fields.text("name", create.name, 100);
  if (trim(create.name).empty()) fields.refuse("name", "must not be empty");
  read_scopes(fields, create.scopes);
  fields.time("expires_at", create.expires_at);
  KITH_CHECK(fields.finish());
  return create;
}

std::string encode_desk_session(const DeskSession& session) {
  return object_of([&](JsonWriter& json) {
    json.field("person", session.person);
    json.field("called", session.called);
    write_face(json, session.face);
    json.field("hello_line", session.hello_line);
    json.field("is_leader", session.is_leader);
    json.field("is_admin", session.is_admin);
    json.field("has_second_factor", session.has_second_factor);
    json.field("second_factor_due", session.second_factor_due);
  });
}

std::string encode_colleague(const Person& person, std::string_view hello_line, bool is_in_team) {
  return object_of([&](JsonWriter& json) {
    json.field("id", person.id);
    json.field("called", person.called);
    write_face(json, person.face);
    json.field("hello_line", hello_line);
    json.field("is_in_team", is_in_team);
  });
}

std::string encode_second_factor_setup(std::string_view secret_base32, std::string_view uri) {
  return object_of([&](JsonWriter& json) {
    json.field("secret", secret_base32);
    json.field("uri", uri);
  });
}

std::string encode_new_invitation(const Invitation& invitation, std::string_view token) {
  return object_of([&](JsonWriter& json) {
    write_field(json, "invitation", invitation);
    json.field("token", token);
  });
}

std::string encode_invitations(std::span<const Invitation> invitations) {
  return object_of([&](JsonWriter& json) { write_list(json, "invitations", invitations); });
}

std::string encode_invitation_look(const Invitation& invitation, std::string_view organisation, std::string_view by) {
  return object_of([&](JsonWriter& json) {
    json.field("organisation", organisation);
    json.field("called", invitation.called);
    json.field("invited_by", by);
    json.field("expires_at", invitation.expires_at);
  });
}

std::string encode_new_token(const ApiToken& token, std::string_view secret) {
  return object_of([&](JsonWriter& json) {
    write_field(json, "token", token);
    json.field("secret", secret);
  });
}

std::string encode_tokens(std::span<const ApiToken> tokens) {
  return object_of([&](JsonWriter& json) { write_list(json, "tokens", tokens); });
}

std::string encode_identity_secret(std::string_view secret) {
  return object_of([&](JsonWriter& json) { json.field("secret", secret); });
}

}  // namespace kith::wire
