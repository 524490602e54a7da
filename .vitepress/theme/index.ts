import { type AsyncComponentLoader, defineAsyncComponent } from 'vue'
import type { Theme } from 'vitepress'
import DefaultTheme from 'vitepress/theme-without-fonts'
import './reading/same-section.ts'
import './style/index.css'
import { miniSearch } from '../book/search-words.ts'
import './claims/claims.css'
import { attendToClaims } from './claims/claim-cards.ts'
import { attendToEarlyTaps } from './diagram/early-taps.ts'
import { seenComponent } from './diagram/seen-component.ts'
import { lazyComponent, nearComponent } from './home/lazy-component.ts'
import { keepOffline } from './home/keep-offline.ts'
import type { NeedsScript } from './home/needs-script.ts'
import SiteLayout from './home/SiteLayout.vue'
import GetLabs from './labs/GetLabs.vue'
import AnswerChoice from './reading/AnswerChoice.vue'
import LabBox from './reading/LabBox.vue'
import PredictBox from './reading/PredictBox.vue'
import QuizBox from './reading/QuizBox.vue'
import RestingPlace from './reading/RestingPlace.vue'
import { stayAtSection } from './reading/stay-at-section.ts'
import ThenAndNow from './reading/ThenAndNow.vue'

type Loaders = Readonly<Record<string, AsyncComponentLoader>>

/** On their own pages, and only there. */
const ofOnePage: Loaders = {
  HomePage: () => import('./home/HomePage.vue'),
  MistakeMuseum: () => import('./museum/MistakeMuseum.vue'),
  ReadingProgress: () => import('./reading/ReadingProgress.vue'),
}

/** Large, and needed only by who comes near. */
const lazy: Loaders = {
  TierBill: () => import('./measured/TierBill.vue'),
  OutageDots: () => import('./measured/OutageDots.vue'),
  StageMoment: () => import('./diagram/StageMoment.vue'),
}

/** And nothing but a picture to who has switched scripts off. */
const alive: Readonly<Record<Exclude<NeedsScript, 'picture'>, Loaders>> = {
  explorer: {
    UpstreamExplorer: () => import('./explorers/upstream/UpstreamExplorer.vue'),
    LocationExplorer: () => import('./explorers/location/LocationExplorer.vue'),
    PacketExplorer: () => import('./explorers/packet/PacketExplorer.vue'),
    CacheExplorer: () => import('./explorers/cache/CacheExplorer.vue'),
    DistancePicture: () => import('./explorers/distance/DistancePicture.vue'),
    KeyExplorer: () => import('./explorers/key/KeyExplorer.vue'),
    RingExplorer: () => import('./explorers/ring/RingExplorer.vue'),
    ReplicationExplorer: () => import('./explorers/replication/ReplicationExplorer.vue'),
    MultiLevelExplorer: () => import('./explorers/multi-level/MultiLevelExplorer.vue'),
  },
  exercise: { CodeExercise: () => import('./playground/CodeExercise.vue') },
}

export default {
  extends: DefaultTheme,
  Layout: SiteLayout,
  enhanceApp({ app, router, siteData }) {
    const eager = {
      Choice: AnswerChoice,
      GetLabs,
      LabBox,
      StageDiagram: seenComponent(() => import('./diagram/StageDiagram.vue'), 'picture'),
      Predict: nearComponent(PredictBox),
      Quiz: QuizBox,
      RestingPlace,
      ThenAndNow: nearComponent(ThenAndNow),
    }
    for (const [name, component] of Object.entries(eager)) app.component(name, component)
    for (const [name, load] of Object.entries(ofOnePage))
      app.component(name, defineAsyncComponent(load))
    for (const [name, load] of Object.entries(lazy)) app.component(name, lazyComponent(load))
    for (const [needs, loaders] of Object.entries(alive) as [NeedsScript, Loaders][])
      for (const [name, load] of Object.entries(loaders))
        app.component(name, lazyComponent(load, needs))
    // The index was cut into words by these functions: queries must be, too. See config/search.ts.
    const { themeConfig } = siteData.value
    const search = {
      ...themeConfig.search,
      options: { ...themeConfig.search?.options, miniSearch },
    }
    siteData.value = { ...siteData.value, themeConfig: { ...themeConfig, search } }
    if (!import.meta.env.SSR) {
      attendToClaims()
      attendToEarlyTaps()
      router.onAfterRouteChange = stayAtSection
    }
    keepOffline()
  },
} satisfies Theme
