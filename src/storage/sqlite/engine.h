// Everything behind SqliteStore: the writer's connection, what a commit group needs, and the way to new readers.
#pragma once

#include <atomic>
#include <memory>

#include "storage/sqlite/checkpointer.h"
#include "storage/sqlite/damage_book.h"
#include "storage/sqlite/follower.h"
#include "storage/sqlite/rooms.h"
#include "storage/sqlite/search_buffer.h"
#include "storage/sqlite/sqlite_store.h"

namespace kith {

class SqliteStore::Engine {
 public:
  Engine(std::filesystem::path file, Log& log, SqliteOptions options, std::unique_ptr<sqlite::Connection> writer);
  ~Engine();

  // The last steps of opening: where the numbers go on, and the checkpointer.
  Result<void> settle_in();
  GroupOutcome commit_group(std::span<WriteUnit* const> units, Time now, Random& random);
  Result<std::unique_ptr<sqlite::Connection>> connect(sqlite::OpenAs as) const;
  [[nodiscard]] const SqliteOptions& options() const { return options_; }
  Result<void> follow_into(CopyOptions options, const Clock& clock);
  [[nodiscard]] CopyState copy_state() const { return follower_ ? follower_->state() : CopyState{}; }
  [[nodiscard]] sqlite::DamageBook& damage() { return damage_; }

 private:
  Result<void> run_group_carefully(std::span<WriteUnit* const> units, Time now, Random& random);
  Result<void> run_group(std::span<WriteUnit* const> units, Time now, Random& random);
  [[nodiscard]] sqlite::Undo undo_for(std::size_t units);
  // False: a unit failed that had written, and the whole group has to be undone for it.
  Result<bool> run_units(std::span<WriteUnit* const> units, Tx& tx, sqlite::Undo undo);
  Result<bool> run_unit(WriteUnit& unit, Tx& tx, sqlite::Undo undo);
  Result<void> begin_again(Seq issued);
  void give_up_group(const Error& why);
  void give_up_search_buffer();
  void note_log(int pages);
  void tend_log();
  void finish_log();
  void tend_followed_log(int pages);
  void change_hold(int wanted);
  void move_hold(int pages);

  const std::filesystem::path file_;
  Log& log_;
  const SqliteOptions options_;
  std::unique_ptr<sqlite::Connection> writer_;
  sqlite::RowIds ids_{*writer_};
  sqlite::Pending pending_;
  sqlite::KnownThreads threads_;
  sqlite::Room room_{*writer_, ids_, pending_, &threads_};
  sqlite::Rooms rooms_{room_};
  sqlite::SearchBuffer search_buffer_;
  Seq issued_ = 0;          // the newest seq given out
  int careful_groups_ = 0;  // groups to come whose units are undone alone
  int log_pages_ = 0;
  std::atomic<bool> is_refusing_ = false;  // the disk failed; nothing is written until the store is opened anew
  std::unique_ptr<sqlite::Checkpointer> checkpointer_;
  sqlite::DamageBook damage_{log_};

  // While a copy follows, a snapshot is held, so that no frame of the log is overwritten before it is in the copy. It
  // is moved on only when everything is.
  std::unique_ptr<sqlite::Connection> hold_;
  int held_for_ = 0;     // what the follower wanted when the snapshot was taken; 0: none is held
  int held_at_ = 0;      // pages of the log when it was last moved on
  int next_try_at_ = 0;  // pages of the log before which the follower is not waited for again
  std::unique_ptr<sqlite::Follower> follower_;
};

}  // namespace kith
