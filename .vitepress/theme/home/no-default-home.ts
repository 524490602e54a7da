/** The first page is ours: the default theme's need not travel with every page. */
export default () => null
