import picocolors from 'picocolors'

const { env, stdout } = process

/**
 * Colours on a terminal, or where `FORCE_COLOR` asks for them; never under `NO_COLOR`
 * (https://no-color.org). A CI's log is not a terminal, whatever picocolors thinks of `CI`.
 */
const wanted = env.FORCE_COLOR ? env.FORCE_COLOR !== '0' : stdout.isTTY && env.TERM !== 'dumb'

export default picocolors.createColors(Boolean(wanted) && !env.NO_COLOR)
