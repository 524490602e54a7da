import { expect, test } from 'vitest'
import { parseKeepalived } from '../../../labs/servers/keepalived/report.ts'
import { parseBoot } from '../../../labs/servers/restart/report.ts'

const lvs1 = { at: '/lab', file: 'lvs1/keepalived.conf' }
const lvs2 = { at: '/lab', file: 'lvs2/keepalived.conf' }
const change = { at: '/lab', sysctl: { file: 'real-server/sysctl.conf', cards: {} } }

test('keepalived’s own words, with file and line, each once, and not all that follows', () => {
  const said = `(../virtual-servers.conf: Line 3) Unknown keyword 'lvs_shed'
(/lab/lvs1/keepalived.conf: Line 6) Unknown keyword 'vrrp_instance'
(../virtual-servers.conf: Line 3) Unknown keyword 'lvs_shed'
(/lab/lvs1/keepalived.conf: Line 7) Unknown keyword 'state'
(/lab/lvs1/keepalived.conf: Line 8) Unknown keyword 'interface'`
  const problems = parseKeepalived(said, lvs1)
  expect(problems.map(({ file, line }) => [file, line])).toEqual([
    ['virtual-servers.conf', 3],
    ['lvs1/keepalived.conf', 6],
    ['lvs1/keepalived.conf', 7],
  ])
  expect(problems[1]?.meaning).toMatch(/block/)
})

test('a brace that is missing has no line', () => {
  expect(parseKeepalived("There are 1 missing '}'s or extra '{'s", lvs2)).toMatchObject([
    { file: 'lvs2/keepalived.conf', message: "There are 1 missing '}'s or extra '{'s" },
  ])
})

test('a port that direct routing cannot change is told once', () => {
  const line = `WARNING - virtual server [192.0.2.101]:tcp:80 and real server [192.0.2.11]:tcp:8080 ports don't match - resetting`
  const problems = parseKeepalived(`${line}\n${line}`, lvs1)
  expect(problems).toHaveLength(1)
  expect(problems[0]?.meaning).toMatch(/[Dd]irect routing/)
})

test('words that nobody foresaw are shown as they are', () => {
  expect(parseKeepalived('out of luck', lvs2)).toEqual([
    { file: 'lvs2/keepalived.conf', message: 'out of luck' },
  ])
})

test('ip tells the line that it refuses, and why', () => {
  const said = `RTNETLINK answers: File exists\nCommand failed /lab/real-server/addresses:4`
  expect(parseBoot(said, change)).toMatchObject([
    { file: 'real-server/addresses', line: 4, message: 'RTNETLINK answers: File exists' },
  ])
})

test('a kind of card that this kernel lacks is no mistake of the reader’s', () => {
  const said = `Error: Unknown device type.\nCommand failed /lab/real-server/addresses:9`
  const [problem] = parseBoot(said, change)
  expect(problem).toMatchObject({ line: 9, message: 'Error: Unknown device type.' })
  expect(problem?.meaning).toMatch(/kernel of your Docker engine/)
})

test('sysctl tells the setting that it does not know', () => {
  const said =
    'sysctl: cannot stat /proc/sys/net/ipv4/conf/all/arp_ignor: No such file or directory'
  expect(parseBoot(said, change)).toMatchObject([
    { file: 'real-server/sysctl.conf', message: said },
  ])
  const invalid = 'sysctl: /lab/real-server/sysctl.conf(3): invalid syntax, continuing...'
  expect(parseBoot(invalid, change)).toMatchObject([{ line: 3 }])
})
