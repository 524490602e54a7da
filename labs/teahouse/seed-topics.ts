interface Seed {
  readonly title: string
  readonly author: string
  readonly hoursAgo: number
  readonly body: string
  /** Each is `Author: text`. */
  readonly replies: readonly string[]
}

export const SEED: readonly Seed[] = [
  {
    title: 'How hot should the water be for green tea?',
    author: 'Mei',
    hoursAgo: 310,
    body: 'Mine is bitter every time. I pour it straight off the boil, like my black tea. Is it the tea, or is it me?',
    replies: [
      'Arjun: It is the water. 75 to 80 °C for most Chinese greens. Boiling water pulls out the bitter part first.',
      'Yuki: For gyokuro I go down to 55 °C, and wait two minutes. Sencha likes 70.',
      'Old Chen: No thermometer? Pour the water into a cold pitcher first, then into the pot. Every vessel takes about ten degrees.',
      '小林: 龙井用 80 度左右，水开以后等三四分钟就差不多了。',
      'Ines: Also less time. One minute, taste, then decide.',
      'Tomas: I was in your place. A kettle with a temperature dial was the best money I ever spent on tea.',
      'Mei: Tried 78 °C and ninety seconds. It is sweet! I have been drinking this wrong for ten years.',
      'Nadia: Welcome. Now throw away the tea bags.',
      'Amara: Keep one box, for guests who say they do not like tea.',
    ],
  },
  {
    title: 'Show us the cup you use every day',
    author: 'Amara',
    hoursAgo: 288,
    body: 'Not the beautiful one behind glass. The one with the chip in it. Mine is enamel, white, from my grandmother’s kitchen.',
    replies: [
      'Tomas: A lab beaker. 250 ml, graduated. It never cracks and I always know how much I drank.',
      'Yuki: A small yunomi from Hagi. Tea has coloured the glaze for twenty years. It is called the seven changes.',
      'Ines: The plastic lid of a thermos. I am not proud.',
      'Old Chen: A glass jar that had pickles in it. Half of China drinks from one.',
      '阿月: 一只建盏，摔过一次，用金缮补好了，更喜欢它了。',
      'Nadia: My office mug. It says “World’s okayest engineer”.',
      'Arjun: A clay kulhad from the railway station. You are meant to break it. I kept one.',
      'Amara: I love every one of these. Tomas, please wash the beaker.',
    ],
  },
  {
    title: 'Gaiwan or small pot?',
    author: 'Tomas',
    hoursAgo: 240,
    body: 'I want to start with gongfu brewing. A gaiwan looks simple, but I fear for my fingers.',
    replies: [
      'Old Chen: Gaiwan. It has no opinion. You taste the tea, not the clay.',
      'Mei: Buy a thin one with a wide rim, fill it only to where the lid sits, and your fingers are safe.',
      'Ines: A pot with a good spout forgives more. I burned myself for a month and went back.',
      'Yuki: There is the shiboridashi too: a gaiwan with a spout. Nobody talks about it.',
      '小林: 新手用盖碗，100 毫升，别倒太满就不烫手。',
      'Arjun: Both in the end. It always ends with both.',
      'Tomas: Gaiwan ordered. My fingers will report.',
    ],
  },
  {
    title: 'Does pu’er really get better with age?',
    author: 'Nadia',
    hoursAgo: 200,
    body: 'Someone offers me a 2004 cake for the price of a bicycle. How do I know that it was kept well?',
    replies: [
      'Old Chen: Smell it. Wood, camphor, dried fruit: good. A wet cellar: walk away.',
      'Mei: Raw pu’er changes for decades. Ripe pu’er is made to be ready, and changes little after a few years.',
      'Arjun: Ask for a sample first. Nobody honest refuses you ten grams.',
      'Ines: Storage is everything. Hong Kong ages fast and heavy, Kunming slow and dry.',
      '阿月: 先买一小饼尝尝，别一上来就买一提。',
      'Nadia: Sample asked for. The seller went quiet. I keep the bicycle.',
    ],
  },
  {
    title: '一个人喝茶，投多少克？',
    author: '小林',
    hoursAgo: 170,
    body: '平时用 120 毫升的盖碗，一个人喝岩茶。有人说 8 克，有人说 5 克，大家都投多少？',
    replies: [
      '阿月: 岩茶我投 8 克，前几泡快进快出。',
      'Old Chen: 一个人 5 克足够，喝到后面不浪费。',
      'Mei: For everyone else: he asks how many grams of rock oolong go into a 120 ml gaiwan. I use 6.',
      'Tomas: One gram for each 20 ml is what I was told. That makes six.',
      '阿月: 看茶，也看心情。',
      '小林: 那就 6 克，折中。谢谢各位！',
    ],
  },
  {
    title: 'Masala chai: what goes in first?',
    author: 'Arjun',
    hoursAgo: 150,
    body: 'My mother says ginger, my father says the leaves, and they have been married for forty years. Settle it.',
    replies: [
      'Amara: Ginger. It needs the longest. Milk last, and let it rise twice.',
      'Nadia: Spices in dry, a minute in the hot pan. Then water. Neither parent is right.',
      'Ines: Whatever keeps them married.',
      'Yuki: I was taught: water, spices, leaves, milk, sugar. Everything that boils, boils in that order.',
      'Arjun: I read them this thread. They now agree with each other, against all of you.',
    ],
  },
  {
    title: 'Cold brew in summer: which leaves?',
    author: 'Ines',
    hoursAgo: 130,
    body: 'Ten grams in a litre, in the fridge overnight. What has worked for you?',
    replies: [
      'Yuki: Sencha, three hours, not a whole night. Very green and very sweet.',
      'Mei: Jasmine. Even the cheap one comes out clean, because cold water leaves the bitterness behind.',
      'Tomas: A first flush Darjeeling. Tastes like grapes.',
      '阿月: 白牡丹冷泡一夜，特别清甜。',
      'Ines: Four bottles in the fridge, each with a label. My family thinks that it is a laboratory.',
    ],
  },
  {
    title: 'The difference between white tea and green tea',
    author: 'Amara',
    hoursAgo: 110,
    body: 'Same plant, I know that. So what happens after the picking?',
    replies: [
      'Old Chen: Green is heated early, in a wok or with steam, so that it stays green. White is withered and dried. Nobody hurries it.',
      'Mei: That heating is called 杀青, “killing the green”: it stops the leaf from turning brown.',
      'Yuki: In Japan we steam, in China they mostly pan-fire. Seaweed against chestnut.',
      'Amara: So white tea is green tea that was left in peace. I like that.',
    ],
  },
  {
    title: 'A teahouse worth a journey',
    author: 'Yuki',
    hoursAgo: 90,
    body: 'I will be in Chengdu for two days. Where do people really sit?',
    replies: [
      'Old Chen: Heming, in People’s Park. Bamboo chairs, a cup with a lid, and nobody asks you to leave.',
      '阿月: 人民公园的鹤鸣茶社，早上去，人少。',
      'Mei: Bring a book, and let somebody clean your ears. It is a profession there.',
      'Yuki: Two days became four. I understand now.',
    ],
  },
  {
    title: 'How do you keep tea fresh?',
    author: 'Tomas',
    hoursAgo: 70,
    body: 'I opened a bag in spring, and now it tastes of cupboard.',
    replies: [
      'Arjun: Away from light, air, damp and your spices. A tin with two lids.',
      'Yuki: Green tea in the fridge, closed well. Let it warm up before you open it, or water settles on the leaves.',
      'Nadia: Buy less, more often. That is the whole secret.',
    ],
  },
  {
    title: 'Earl Grey is a perfume, change my mind',
    author: 'Nadia',
    hoursAgo: 50,
    body: 'Bergamot covers everything. Give me one that still tastes of tea.',
    replies: [
      'Ines: One made on Keemun. The smoke and the orange hold hands.',
      'Amara: With milk it is a “London fog”, and then it is a dessert, and then nobody has to argue.',
      'Nadia: The Keemun one is good. I am angry about it.',
    ],
  },
  {
    title: 'Rinse the first infusion, or drink it?',
    author: 'Ines',
    hoursAgo: 30,
    body: 'Half of the videos pour it away. It seems a pity.',
    replies: [
      'Old Chen: Pu’er and tight oolong: rinse, to wake the leaf. Green and white: drink. The first cup is the best one.',
      '小林: 我都喝，舍不得倒。',
    ],
  },
  {
    title: 'Tea for a long night of work',
    author: '阿月',
    hoursAgo: 12,
    body: '写代码到半夜，喝什么既提神又不会睡不着？ Something that keeps me awake until two, and no longer.',
    replies: [
      'Arjun: Assam until ten, then rooibos. It is not tea, but it is honest.',
      'Tomas: Hojicha. It is roasted, and has little caffeine. You will sleep.',
    ],
  },
  {
    title: 'My cat sleeps in the tea tray',
    author: 'Yuki',
    hoursAgo: 3,
    body: 'The drain is dry and, it seems, exactly her size. How do I get my tray back?',
    replies: ['Old Chen: You don’t. Buy a second tray.'],
  },
]
