// The HTTP API of docs/api.yaml: what its handlers stand on, and the routes they answer. Handlers are thin: they
// decode, call one use case and encode what it says.
#pragma once

#include <chrono>
#include <string>

#include "base/clock.h"
#include "base/log.h"
#include "base/random.h"
#include "care/line_board.h"
#include "care/presence_board.h"
#include "domain/ports/backups.h"
#include "domain/ports/files.h"
#include "http/router.h"
#include "http/seen_pages.h"
#include "runtime/rate_limiter.h"
#include "runtime/sealed_box.h"
#include "runtime/store_thread.h"
#include "runtime/worker_pool.h"

namespace kith::http {

// How often a secret of one account may be tried; per address the router's rates hold besides.
struct TryRates {
  runtime::Rate of_one;  // from one address, or by one device that is known
  runtime::Rate of_all_strangers;
};

struct ApiConfig {
  std::chrono::hours visit_lasts{24 * 180};   // a visitor's token
  std::chrono::hours session_lasts{24 * 14};  // a colleague's cookie
  std::chrono::hours invitation_lasts{24 * 7};
  // A password is long, a code has six digits only.
  TryRates tries{{0.1, 10}, {0.5, 100}};
  TryRates tries_of_codes{{1.0 / 300, 10}, {1.0 / 60, 30}};
};

// Everything outlives the routes. Made in server/app.cc.
struct ApiServices {
  runtime::StoreThread& store;
  const Clock& clock;
  Random& random;
  Log& log;
  PresenceBoard& presence;
  LineBoard& line;
  runtime::WorkerPool& workers;
  const runtime::SealedBox& sealed_box;
  FileStore& files;
  runtime::RateLimiter& limiter;
  ApiConfig config = {};
  std::string setup_key = {};       // proves that somebody may take the house; empty: nobody may
  Backups* backups = nullptr;       // none: the house cannot copy itself (tests)
  SeenPages* seen_pages = nullptr;  // none: nobody is told which pages ask (tests)
};

void add_site_routes(Router& router, ApiServices& api);
void add_visitor_routes(Router& router, ApiServices& api);
void add_sign_in_routes(Router& router, ApiServices& api);
void add_second_factor_routes(Router& router, ApiServices& api);
void add_team_door_routes(Router& router, ApiServices& api);
void add_desk_people_routes(Router& router, ApiServices& api);
void add_desk_conversation_routes(Router& router, ApiServices& api);
void add_desk_care_routes(Router& router, ApiServices& api);
void add_desk_mind_routes(Router& router, ApiServices& api);
void add_house_routes(Router& router, ApiServices& api);
void add_attachment_routes(Router& router, ApiServices& api);
void add_desk_me_routes(Router& router, ApiServices& api);
void add_setup_routes(Router& router, ApiServices& api);
void add_backup_routes(Router& router, ApiServices& api);
void add_export_routes(Router& router, ApiServices& api);

// All of them.
void add_api_routes(Router& router, ApiServices& api);

}  // namespace kith::http
