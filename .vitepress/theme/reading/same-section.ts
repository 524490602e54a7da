import { headingsOnPage, sectionAt } from './sections.ts'

/** The default theme's links to the page in the other language, wherever the window's width puts them. */
const places = ['.VPNavBarTranslations', '.VPNavScreenTranslations', '.VPNavBarExtra .translations']
const links = [...places.map((place) => `${place} a[href]`), 'a.other-language'].join()

/** Who changes the language stays in the section: both pages have the same ids. */
function keepSection({ target }: MouseEvent): void {
  const link = target instanceof Element ? target.closest<HTMLAnchorElement>(links) : null
  if (link) link.hash = sectionAt(headingsOnPage()) ?? ''
}

// Here, and not when the page has come to life: VitePress's router must hear of a click after us.
if (typeof window !== 'undefined')
  for (const kind of ['click', 'auxclick'] as const)
    window.addEventListener(kind, keepSection, { capture: true })
