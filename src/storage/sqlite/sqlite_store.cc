#include "storage/sqlite/sqlite_store.h"

#include <fmt/core.h>

#include "base/mutant.h"
#include "storage/migrate.h"
#include "storage/sqlite/changes.h"
#include "storage/sqlite/engine.h"
#include "storage/sqlite/log_file.h"
#include "storage/upgrade.h"

namespace kith {
namespace {

using sqlite::Connection;
using sqlite::OpenAs;

constexpr std::int64_t kKeptLogBytes = 64 << 20;  // a longer log gives its space back once it begins anew

const char* synchronous() {
  return is_mutant("synchronous_normal") ? "normal" : is_mutant("synchronous_off") ? "off" : "full";
}

Result<void> prepare_connection(Connection& database, std::size_t cache_bytes) {
  return database.script(fmt::format("pragma foreign_keys = on; pragma temp_store = memory; pragma cache_size = -{}; "
                                     "pragma recursive_triggers = on; pragma secure_delete = on; "
                                     "pragma wal_autocheckpoint = 0; pragma journal_size_limit = {}; "
                                     "pragma synchronous = {}",
                                     cache_bytes / 1024, kKeptLogBytes, synchronous())
                             .c_str());
}

Result<void> keep_a_log(Connection& database) {
  KITH_TRY(auto mode,
           database.one("journal mode", "pragma journal_mode = wal", [](sqlite::Row& row) { return row.text(); }));
  if (mode != "wal") return fail(Errc::unavailable, "the file system does not allow a write-ahead log");
  return {};
}

// Where a search inside one conversation puts the texts it looks through (search.cc). Made once, because making a table
// has every prepared statement prepared again.
Result<void> prepare_strand_search(Connection& database) {
  return database.script(R"sql(
      create virtual table temp.strand_search using fts5 (
        text, content = '', columnsize = 0, tokenize = 'unicode61 remove_diacritics 2'))sql");
}

class SqliteSnapshot : public Snapshot {
 public:
  explicit SqliteSnapshot(const sqlite::Room& room) : rooms_(room) {}
  const PeopleReader& people() const override { return rooms_.people; }
  const IdentityReader& identities() const override { return rooms_.identities; }
  const ConversationReader& conversations() const override { return rooms_.conversations; }
  const EntryReader& entries() const override { return rooms_.entries; }
  const TopicReader& topics() const override { return rooms_.topics; }
  const NoteReader& notes() const override { return rooms_.notes; }
  const PromiseReader& promises() const override { return rooms_.promises; }
  const ReadMarkReader& read_marks() const override { return rooms_.read_marks; }
  const CompanionReader& companions() const override { return rooms_.companions; }
  const DraftReader& drafts() const override { return rooms_.drafts; }
  const ScheduledReader& scheduled() const override { return rooms_.scheduled; }
  const LaterReader& laters() const override { return rooms_.laters; }
  const HandoverReader& handovers() const override { return rooms_.handovers; }
  const AttachmentReader& attachments() const override { return rooms_.attachments; }
  const HouseReader& house() const override { return rooms_.house; }
  const AccessReader& access() const override { return rooms_.access; }
  const SearchReader& search() const override { return rooms_.search; }
  const ChangeReader& changes() const override { return rooms_.changes; }

 private:
  sqlite::Rooms rooms_;
};

class SqliteReader : public Reader {
 public:
  SqliteReader(std::unique_ptr<Connection> database, sqlite::DamageBook& damage)
      : db_(std::move(database)), damage_(damage) {}

  Result<void> read(const std::function<void(const Snapshot&)>& look) override {
    db_->forget_damage();
    KITH_CHECK(db_->step("begin"));
    const EndOfLook end{*db_, damage_};
    const SqliteSnapshot snapshot({*db_, ids_, nothing_});
    look(snapshot);
    return {};
  }

 private:
  // Lets go of the snapshot even when `look` throws; a held one would keep the log from ever beginning anew.
  struct EndOfLook {
    Connection& database;
    sqlite::DamageBook& damage;
    ~EndOfLook() {
      damage.note(database);
      [[maybe_unused]] auto ended = database.step("rollback");
    }
  };

  std::unique_ptr<Connection> db_;
  sqlite::DamageBook& damage_;
  sqlite::RowIds ids_{*db_};
  sqlite::Pending nothing_;
};

}  // namespace

SqliteStore::Engine::Engine(std::filesystem::path file, Log& log, SqliteOptions options,
                            std::unique_ptr<Connection> writer)
    : file_(std::move(file)), log_(log), options_(std::move(options)), writer_(std::move(writer)) {}

SqliteStore::Engine::~Engine() {
  follower_.reset();
  hold_.reset();
  checkpointer_.reset();
  // After a failed fsync only the log is trusted; it is read again when the store is opened anew.
  if (is_refusing_) sqlite3_db_config(writer_->handle(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
}

Result<std::unique_ptr<Connection>> SqliteStore::Engine::connect(OpenAs as) const {
  KITH_TRY(auto database, Connection::open(file_, as, options_.vfs));
  KITH_CHECK(
      prepare_connection(*database, as == OpenAs::reader ? options_.reader_cache_bytes : std::size_t{256} << 10));
  return database;
}

void SqliteStore::Engine::note_log(int pages) {
  log_pages_ = pages;
}

Result<void> SqliteStore::Engine::settle_in() {
  KITH_TRY(issued_, sqlite::newest_seq(*writer_));
  if (is_mutant("seq_given_again") && issued_ > 3) issued_ -= 3;
  pending_.sealed = issued_;
  sqlite3_wal_hook(
      writer_->handle(),
      [](void* engine, sqlite3*, const char*, int pages) {
        static_cast<Engine*>(engine)->note_log(pages);
        return SQLITE_OK;
      },
      this);
  if (!options_.checkpoint_in_background) return {};
  KITH_TRY(auto beside, connect(OpenAs::writer));
  checkpointer_ = std::make_unique<sqlite::Checkpointer>(
      std::move(beside), static_cast<int>(options_.checkpoint_after_pages), log_, [this] { is_refusing_ = true; });
  return {};
}

Result<void> refuse_damaged_log(const std::filesystem::path& file, Log& log) {
  KITH_TRY(const auto survey, sqlite::survey_log(std::filesystem::path(file) += "-wal"));
  if (survey.end == sqlite::LogEnd::torn)
    log.warning("log_ends_torn", {{"frames", survey.committed},
                                  {"what", "the last commit is not whole, as after a power cut before it was kept"}});
  if (survey.end != sqlite::LogEnd::damaged) return {};
  return fail(Errc::unavailable,
              fmt::format("{}-wal is not as it was written, and commits behind the damage would be lost",
                          file.filename().string()));
}

Result<std::unique_ptr<SqliteStore>> SqliteStore::open(const std::filesystem::path& file, Log& log,
                                                       SqliteOptions options) {
  if (is_mutant("log_thrown_away")) std::filesystem::remove(file.string() + "-wal");
  KITH_CHECK(refuse_damaged_log(file, log));
  KITH_CHECK(upgrade_if_due(file, options.vfs, built_in_migrations(), log));
  KITH_TRY(auto writer, Connection::open(file, OpenAs::maker, options.vfs));
  KITH_CHECK(refuse_foreign_database(*writer, built_in_migrations()));
  KITH_CHECK(keep_a_log(*writer));
  KITH_CHECK(prepare_connection(*writer, options.writer_cache_bytes));
  KITH_CHECK(migrate(*writer, built_in_migrations(), log));
  auto engine = std::make_unique<Engine>(file, log, std::move(options), std::move(writer));
  KITH_CHECK(engine->settle_in());
  return std::unique_ptr<SqliteStore>(new SqliteStore(std::move(engine)));
}

SqliteStore::SqliteStore(std::unique_ptr<Engine> engine) : engine_(std::move(engine)) {}
SqliteStore::~SqliteStore() = default;

GroupOutcome SqliteStore::commit_group(std::span<WriteUnit* const> units, Time now, Random& random) {
  return engine_->commit_group(units, now, random);
}

Result<std::unique_ptr<Reader>> SqliteStore::open_reader() {
  KITH_TRY(auto database, engine_->connect(OpenAs::reader));
  KITH_CHECK(prepare_strand_search(*database));
  return std::make_unique<SqliteReader>(std::move(database), engine_->damage());
}

Result<void> SqliteStore::follow_into(CopyOptions options, const Clock& clock) {
  return engine_->follow_into(std::move(options), clock);
}

CopyState SqliteStore::copy_state() const {
  return engine_->copy_state();
}

std::int64_t SqliteStore::damaged_pages() const {
  return engine_->damage().found();
}

}  // namespace kith
