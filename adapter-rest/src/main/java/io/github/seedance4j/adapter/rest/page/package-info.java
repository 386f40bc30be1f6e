/**
 * The studio in the browser: the files of the page, which lie beside this package in the resources,
 * and how they are served. Start at {@link io.github.seedance4j.adapter.rest.page.Page}. The page
 * calls the same API as everybody else: nothing that it alone needs comes in here.
 */
@NullMarked
package io.github.seedance4j.adapter.rest.page;

import org.jspecify.annotations.NullMarked;
