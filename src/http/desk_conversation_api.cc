// Conversations and their entries on the desk: /api/desk/conversations, /api/desk/entries, /api/desk/search.
#include "http/api_call.h"
#include "http/conversation_calls.h"

namespace kith::http {
namespace {

Answer get_conversation(ApiServices& api, Request request) {
  KITH_CO_TRY(ConversationId id, request.id_param<ConversationId>("id"));
  co_return co_await answer_conversation(api, std::move(request), id);
}

Answer get_entries(ApiServices& api, Request request) {
  KITH_CO_TRY(ConversationId id, request.id_param<ConversationId>("id"));
  co_return co_await answer_entries(api, std::move(request), id);
}

Answer post_entry(ApiServices& api, Request request) {
  KITH_CO_TRY(ConversationId id, request.id_param<ConversationId>("id"));
  co_return co_await answer_new_entry(api, std::move(request), id);
}

Answer search(ApiServices& api, Request request) {
  KITH_CO_TRY(Where conversation, id_of<ConversationId>(request, "conversation"));
  co_return co_await answer_search(api, std::move(request), conversation);
}

}  // namespace

void add_desk_conversation_routes(Router& router, ApiServices& api) {
  using enum Method;
  Policy reading = desk(kReadConversations);
  Policy writing = with_room(colleagues(RateClass::writing), kEntryBodyBytes);
  Policy writing_too = with_room(desk(kWriteEntries, RateClass::writing), kEntryBodyBytes);
  add(router, api, get, "/api/desk/conversations/{id}", reading, get_conversation);
  add(router, api, get, "/api/desk/conversations/{id}/entries", reading, get_entries);
  add(router, api, post, "/api/desk/conversations/{id}/entries", writing_too, post_entry);
  add(router, api, patch, "/api/desk/entries/{id}", writing, answer_edit);
  add(router, api, remove, "/api/desk/entries/{id}", writing, answer_take_back);
  add(router, api, get, "/api/desk/entries/{id}/versions", reading, answer_versions);
  add(router, api, get, "/api/desk/search", reading, search);
}

}  // namespace kith::http
