// What visitors and the desk do alike in a conversation; nothing for `conversation` means the visitor's own.
#pragma once

#include "http/api_call.h"

namespace kith::http {

using Where = std::optional<ConversationId>;

Answer answer_conversation(ApiServices& api, Request request, Where conversation);
Answer answer_entries(ApiServices& api, Request request, Where conversation);
Answer answer_new_entry(ApiServices& api, Request request, Where conversation);
Answer answer_search(ApiServices& api, Request request, Where conversation);
// The entry is the {id} of the path.
Answer answer_edit(ApiServices& api, Request request);
Answer answer_take_back(ApiServices& api, Request request);
Answer answer_versions(ApiServices& api, Request request);

}  // namespace kith::http
