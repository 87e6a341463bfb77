# Writes every migrations/NNNN_name.sql of src/storage into one list of C++ initialisers, {NNNN, "name", R"sql(...)sql"},
# so that the program carries its schema inside.
function(kith_embed_migrations target folder)
  file(GLOB steps CONFIGURE_DEPENDS ${folder}/*.sql)
  list(SORT steps)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${steps})
  set(out ${CMAKE_BINARY_DIR}/generated/${target}/storage_migrations.inc)
  file(WRITE ${out}.new "")
  foreach(step ${steps})
    get_filename_component(file ${step} NAME_WE)
    string(REGEX MATCH "^0*([0-9]+)_(.+)$" parts ${file})
    file(READ ${step} sql)
    file(APPEND ${out}.new "{${CMAKE_MATCH_1}, \"${CMAKE_MATCH_2}\", R\"sql(${sql})sql\"},\n")
  endforeach()
  file(COPY_FILE ${out}.new ${out} ONLY_IF_DIFFERENT)
  target_include_directories(${target} PRIVATE ${CMAKE_BINARY_DIR}/generated/${target})
endfunction()

# Where tests find the saved databases of earlier releases.
function(kith_migrations_for_tests target folder)
  if(TARGET ${target})
    target_compile_definitions(${target} PRIVATE KITH_MIGRATIONS_FOLDER="${folder}")
  endif()
endfunction()
