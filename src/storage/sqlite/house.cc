// Settings, teams and inboxes.
#include "storage/sqlite/opening_text.h"
#include "storage/sqlite/rooms.h"

namespace kith::sqlite {
namespace {

Settings read_settings(Row& row) {
  return {.organisation = row.text(),
          .hello_line = row.text(),
          .hours = row.text(),
          .nobody_there_line = row.text(),
          .version = static_cast<std::uint32_t>(row.integer()),
          .opening = read_opening_text(row.blob())};
}

Team read_team(Row& row) {
  return {.id = row.id<TeamId>(), .name = row.text(), .is_sample = row.flag()};
}

#define KITH_SELECT_INBOX \
  R"sql(select i.public_id, i.kind, i.name, t.public_id, i.allowed_origins, i.identity_issuer, i.identity_secret,
               i.hello_line, i.is_sample
        from inboxes i left join teams t on t.id = i.team_id
        )sql"

// An origin has no line feed in it.
std::string joined(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += line + '\n';
  return text;
}

std::vector<std::string> split(std::string_view text) {
  std::vector<std::string> lines;
  for (auto end = text.find('\n'); end != std::string_view::npos; end = text.find('\n')) {
    lines.emplace_back(text.substr(0, end));
    text.remove_prefix(end + 1);
  }
  return lines;
}

Inbox read_inbox(Row& row) {
  return {.id = row.id<InboxId>(),
          .kind = row.choice<InboxKind>(),
          .name = row.text(),
          .team = row.maybe_id<TeamId>(),
          .allowed_origins = split(row.blob()),
          .identity_issuer = row.text(),
          .identity_secret = row.text(),
          .hello_line = row.text(),
          .is_sample = row.flag()};
}

}  // namespace

Result<Settings> HouseRoom::settings() const {
  KITH_TRY(auto saved,
           db.maybe("select organisation, hello_line, hours, nobody_there_line, version, opening from settings",
                    read_settings));
  return saved.value_or(Settings());
}

Result<Team> HouseRoom::find_team(TeamId id) const {
  return db.one("team", "select public_id, name, is_sample from teams where public_id = ?", read_team, id);
}

Result<std::vector<Team>> HouseRoom::teams() const {
  return db.all("select public_id, name, is_sample from teams order by name, public_id", read_team);
}

Result<Inbox> HouseRoom::find_inbox(InboxId id) const {
  return db.one("inbox", KITH_SELECT_INBOX "where i.public_id = ?", read_inbox, id);
}

Result<std::vector<Inbox>> HouseRoom::inboxes() const {
  return db.all(KITH_SELECT_INBOX "order by i.name, i.public_id", read_inbox);
}

Result<void> HouseRoom::save_settings(const Settings& settings) {
  return db.write(R"sql(
      insert into settings (id, organisation, hello_line, hours, nobody_there_line, version, opening)
      values (1, ?, ?, ?, ?, ?, ?)
      on conflict (id) do update set organisation = excluded.organisation, hello_line = excluded.hello_line,
          hours = excluded.hours, nobody_there_line = excluded.nobody_there_line, version = excluded.version,
          opening = excluded.opening)sql",
                  settings.organisation, settings.hello_line, settings.hours, settings.nobody_there_line,
                  settings.version, write_opening_text(settings.opening));
}

Result<void> HouseRoom::save_team(const Team& team) {
  return db.write(R"sql(
      insert into teams (public_id, name, is_sample) values (?, ?, ?)
      on conflict (public_id) do update set name = excluded.name, is_sample = excluded.is_sample)sql",
                  team.id, team.name, team.is_sample);
}

Result<void> HouseRoom::save_inbox(const Inbox& inbox) {
  KITH_TRY(auto team, ids.of(inbox.team));
  return db.write(R"sql(
      insert into inboxes (public_id, kind, name, team_id, allowed_origins, identity_issuer, identity_secret, hello_line,
                           is_sample)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?)
      on conflict (public_id) do update set kind = excluded.kind, name = excluded.name, team_id = excluded.team_id,
          allowed_origins = excluded.allowed_origins, identity_issuer = excluded.identity_issuer,
          identity_secret = excluded.identity_secret, hello_line = excluded.hello_line, is_sample = excluded.is_sample)sql",
                  inbox.id, inbox.kind, inbox.name, team, joined(inbox.allowed_origins), inbox.identity_issuer,
                  inbox.identity_secret, inbox.hello_line, inbox.is_sample);
}

}  // namespace kith::sqlite
