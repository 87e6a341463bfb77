#include "server/admin_acts.h"

#include <algorithm>
#include <filesystem>
#include <utility>

#include <fmt/core.h>

#include "base/digest.h"
#include "base/text.h"
#include "people/api_tokens.h"
#include "people/colleagues.h"
#include "people/house.h"
#include "people/join_team.h"
#include "people/recognise.h"
#include "people/second_factor.h"
#include "people/sign_in.h"
#include "runtime/passwords.h"

namespace kith {
namespace {

struct ScopeName {
  const char* name;
  Scope scope;
};
constexpr ScopeName kScopeNames[] = {{"read-people", kReadPeople},
                                     {"read-conversations", kReadConversations},
                                     {"write-entries", kWriteEntries},
                                     {"manage-settings", kManageSettings}};

// A use case as the system, whole on the store thread.
template <class Command, class UseCase>
auto as_system(DataHome& home, Command command, UseCase use_case) {
  return home.store_thread().write_now(
      std::move(command), [use_case](Tx& tx, const Command& c) { return use_case(tx, system_actor(), c); });
}

struct Password {
  std::string shown;  // empty when the operator brought her own
  std::string hash;
};

Result<Password> password_for(const AdminCommand& command, Random& random) {
  Password password;
  if (!command.reads_password) password.shown = make_password(random);
  const std::string& chosen = command.reads_password ? command.password : password.shown;
  if (length_in_characters(chosen) < 10) return invalid("password", "The password must have at least 10 characters.");
  KITH_TRY(password.hash, runtime::hash_password(chosen));
  return password;
}

std::string sign_in_lines(const std::string& email, const Password& password) {
  if (password.shown.empty()) return fmt::format("She signs in with {} and the password you gave.\n", email);
  return fmt::format("She signs in with {} and this password, which is shown only now:\n\n  {}\n\n", email,
                     password.shown);
}

Result<std::string> create_one(const AdminCommand& command, DataHome& home) {
  KITH_TRY(auto password, password_for(command, home.random()));
  CreateColleague create;
  create.id = make_opaque_id<PersonId>(home.random());
  create.called = command.called;
  create.email = command.email;
  create.password_hash = password.hash;
  create.as_leader = command.as_leader;
  KITH_TRY(auto person, as_system(home, std::move(create), create_colleague));
  return fmt::format("{} is in the team.\n", person.called) + sign_in_lines(command.email, password);
}

Result<std::string> reset_one(const AdminCommand& command, DataHome& home) {
  const std::string email = lower_ascii(trim(command.email));
  KITH_TRY(auto account, home.store_thread().read_now([&](const Snapshot& now) -> Result<Account> {
    auto found = now.access().account_by_email(email);
    if (!found && found.error().code == Errc::not_found)
      return fail(Errc::not_found, "Nobody signs in with this address. `kith admin list` shows the team.");
    return found;
  }));
  KITH_TRY(auto password, password_for(command, home.random()));
  KITH_CHECK(as_system(home, ChangePassword{account.person, {}, password.hash}, change_password));
  if (command.forgets_second_factor) KITH_CHECK(as_system(home, RemoveTotp{account.person}, remove_totp));
  return "The password is new, and every session of hers has ended.\n" + sign_in_lines(email, password);
}

std::string roles_in_words(const std::vector<Role>& roles) {
  std::string words;
  for (const Role& role : roles) {
    if (role.kind == RoleKind::customer) continue;
    if (!words.empty()) words += ", ";
    words += role.kind == RoleKind::admin ? "admin" : role.kind == RoleKind::leader ? "leader" : "colleague";
  }
  return words;
}

std::string scopes_in_words(std::uint32_t scopes) {
  std::string words;
  for (const ScopeName& known : kScopeNames)
    if (scopes & known.scope) words += (words.empty() ? "" : ", ") + std::string(known.name);
  return words;
}

Result<std::string> list_all(const AdminCommand&, DataHome& home) {
  const Time now = home.clock().now();
  return home.store_thread().read_now([now](const Snapshot& snapshot) -> Result<std::string> {
    KITH_TRY(auto team, list_team(snapshot, system_actor(), now));
    KITH_TRY(auto house, view_house(snapshot, system_actor()));
    KITH_TRY(auto tokens, list_api_tokens(snapshot, system_actor()));
    std::string text = team.empty() ? "Nobody is in the team yet.\n" : "Team\n";
    for (const TeamMember& member : team)
      text += fmt::format("  {} <{}>  {}{}{}\n", member.person.called, member.email, roles_in_words(member.roles),
                          member.has_second_factor ? ", second factor" : "", member.person.is_sample ? ", sample" : "");
    text += house.inboxes.empty() ? "No inbox yet.\n" : "Inboxes\n";
    for (const Inbox& inbox : house.inboxes)
      text += fmt::format("  {}  {}{}\n", inbox.id.text(), inbox.name, inbox.is_sample ? ", sample" : "");
    if (!tokens.empty()) text += "Tokens of programs\n";
    for (const ApiToken& token : tokens)
      text += fmt::format("  {}  {}  {}  until {}{}\n", token.id.text(), token.name, scopes_in_words(token.scopes),
                          format_time(token.expires_at).substr(0, 10), token.revoked ? ", revoked" : "");
    return text;
  });
}

// The API writes them with underscores; both are understood.
bool is_scope_called(const ScopeName& scope, std::string name) {
  std::ranges::replace(name, '_', '-');
  return name == scope.name;
}

Result<std::uint32_t> scopes_of(const std::vector<std::string>& names) {
  std::uint32_t scopes = 0;
  for (const std::string& name : names) {
    const auto known =
        std::ranges::find_if(kScopeNames, [&](const ScopeName& scope) { return is_scope_called(scope, name); });
    if (known == std::end(kScopeNames)) {
      return invalid("scope", fmt::format("There is no scope \"{}\". There are read-people, read-conversations, "
                                          "write-entries and manage-settings.",
                                          name));
    }
    scopes |= known->scope;
  }
  return scopes;
}

Result<std::string> create_token(const AdminCommand& command, DataHome& home) {
  std::string secret(32, '\0');
  home.random().fill({reinterpret_cast<std::uint8_t*>(secret.data()), secret.size()});
  const std::string token = "kith_pat_" + base64url(secret);
  CreateApiToken create;
  create.id = make_opaque_id<ApiTokenId>(home.random());
  create.name = command.name;
  create.token_digest = sha256(token);
  KITH_TRY(create.scopes, scopes_of(command.scopes));
  create.expires_at = home.clock().now() + std::chrono::days(command.days);
  KITH_TRY(auto made, as_system(home, std::move(create), create_api_token));
  return fmt::format("The token of {} works until {} and is shown only now:\n\n  {}\n\n", made.name,
                     format_time(made.expires_at).substr(0, 10), token);
}

Result<std::string> create_inbox(const AdminCommand& command, DataHome& home) {
  SaveInbox save;
  save.inbox.id = make_opaque_id<InboxId>(home.random());
  save.inbox.kind = InboxKind::web;
  save.inbox.name = command.name;
  save.inbox.allowed_origins = command.origins;
  KITH_TRY(auto made, as_system(home, std::move(save), save_inbox));
  return fmt::format("The inbox {} is open. Its id, which is no secret:\n\n  {}\n\n", made.name, made.id.text());
}

Result<std::string> remove_all_sample(const AdminCommand&, DataHome& home) {
  KITH_TRY(auto people, home.store_thread().write_now([](Tx& tx) { return remove_sample(tx, system_actor()); }));
  if (people == 0) return std::string("There is no sample team here; nothing was changed.\n");
  return fmt::format("The sample team and its {} people are gone. Everything real is untouched.\n", people);
}

// Only for `kith backup`, which moves the copy to where it belongs.
Result<std::string> copy_database(const AdminCommand&, DataHome& home) {
  std::error_code error;
  std::filesystem::create_directories(home.paths().outgoing(), error);
  const auto target = home.paths().outgoing() / (make_password(home.random()) + ".db");
  KITH_CHECK(home.store().backup_to(target, home.stopping()));
  return target.string();
}

// Only for `kith doctor`.
Result<std::string> check_quickly(const AdminCommand&, DataHome& home) {
  KITH_CHECK(home.store().check(CheckDepth::quick, home.stopping()));
  return std::string();
}

Result<void> look_for_room_for_a_copy(const DataPaths& paths) {
  constexpr std::uintmax_t kStaysFree = std::uintmax_t{128} * 1024 * 1024;
  std::error_code error;
  const auto size = std::filesystem::file_size(paths.database(), error);
  const auto disk = std::filesystem::space(paths.root, error);
  if (error || disk.available >= size + kStaysFree) return {};
  return fail(Errc::storage_full,
              "The search index was not looked at: that takes room for a copy of the database. All else is as it was "
              "written.");
}

Result<std::string> check_deeply(const AdminCommand&, DataHome& home) {
  KITH_CHECK(home.store().check(CheckDepth::deep, home.stopping()));
  KITH_CHECK(look_for_room_for_a_copy(home.paths()));
  std::error_code error;
  std::filesystem::create_directories(home.paths().outgoing(), error);
  const auto scratch = home.paths().outgoing() / (make_password(home.random()) + ".db");
  KITH_CHECK(home.store().check_search(scratch, home.stopping()));
  return std::string();
}

// Only for `kith doctor`: whether it follows, how many seconds it is behind, its folder, and why not, a line each.
std::string tell_of_copy(const HouseCopy* copy) {
  if (!copy) return {};
  const CopyState state = copy->state();
  const auto behind = std::chrono::duration_cast<std::chrono::seconds>(state.behind).count();
  return fmt::format("{}\n{}\n{}\n{}\n", state.follows ? "follows" : "stopped", behind, state.folder.string(),
                     state.why_not);
}

using Act = Result<std::string> (*)(const AdminCommand&, DataHome&);
constexpr std::pair<const char*, Act> kActs[] = {
    {"create-colleague", create_one}, {"reset-password", reset_one},  {"list", list_all},
    {"create-token", create_token},   {"create-inbox", create_inbox}, {"remove-sample", remove_all_sample},
    {"copy-database", copy_database}, {"check", check_quickly},       {"check-deep", check_deeply},
};

std::string sentence_for(const Error& error) {
  if (!error.detail.empty() && error.field.empty()) return error.detail + "\n";
  if (!error.detail.empty()) return fmt::format("{}: {}\n", error.field, error.detail);
  return fmt::format("This did not work ({}).\n", errc_name(error.code));
}

bool is_cut_short(const AdminCommand& command, const Error& error, const DataHome& home) {
  const bool is_a_look = command.act.starts_with("check");
  return home.stopping().stop_requested() || (is_a_look && error.code == Errc::storage_full);
}

}  // namespace

AdminAnswer do_admin_act(const AdminCommand& command, DataHome& home, const HouseCopy* copy) {
  if (command.act == "copy-state") return {0, tell_of_copy(copy)};
  for (const auto& [name, act] : kActs) {
    if (command.act != name) continue;
    auto done = act(command, home);
    if (!done) return {is_cut_short(command, done.error(), home) ? kCutShort : 1, sentence_for(done.error())};
    home.log().info("admin_act", {{"act", name}});
    return {0, *done};
  }
  return {2,
          "This Kith does not know the act \"" + command.act + "\". Is it another version than the one that serves?\n"};
}

std::string make_password(Random& random) {
  constexpr std::string_view kLetters = "abcdefghjkmnpqrstuvwxyz23456789";  // none that look alike
  std::string password;
  for (int i = 0; i < 20; ++i) {
    if (i > 0 && i % 4 == 0) password += '-';
    password += kLetters[random.below(kLetters.size())];
  }
  return password;
}

}  // namespace kith
