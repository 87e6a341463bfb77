// Copies of the whole house, made from the desk: /api/desk/backups.
#include "domain/ports/backups.h"

#include <algorithm>

#include "http/api_call.h"
#include "people/may.h"
#include "wire/commands.h"

namespace kith::http {
namespace {

boost::asio::awaitable<Result<std::vector<KeptBackup>>> list_backups(ApiServices& api) {
  if (api.backups == nullptr) co_return fail(Errc::unavailable, "this house keeps no backups");
  auto work = [backups = api.backups] { return backups->list(); };
  co_return co_await api.workers.run(work);
}

Answer get_backups(ApiServices& api, Request request) {
  KITH_CO_CHECK(may(request.actor, Verb::read, touched::Backup{}));
  KITH_CO_TRY(std::vector<KeptBackup> backups, co_await list_backups(api));
  co_return Response::json(wire::encode_backups(backups));
}

Answer post_backup(ApiServices& api, Request request) {
  KITH_CO_TRY(BackupId id, wire::decode_make_backup(request.body));
  KITH_CO_CHECK(may(request.actor, Verb::add, touched::Backup{}));
  KITH_CO_TRY(std::vector<KeptBackup> before, co_await list_backups(api));
  const bool is_new = std::ranges::find(before, id, &KeptBackup::id) == before.end();
  auto work = [backups = api.backups, id] { return backups->make(id); };
  KITH_CO_TRY(KeptBackup made, co_await api.workers.run(work));
  co_return Response::json(wire::encode(made), is_new ? 201 : 200);
}

}  // namespace

void add_backup_routes(Router& router, ApiServices& api) {
  add(router, api, Method::get, "/api/desk/backups", colleagues(), get_backups);
  add(router, api, Method::post, "/api/desk/backups", colleagues(RateClass::opening_doors), post_backup);
}

}  // namespace kith::http
