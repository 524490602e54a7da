import { expect, test } from 'vitest'
import type { VarnishChange } from '../../../labs/servers/varnish.ts'
import { parseVcl } from '../../../labs/servers/varnish/report.ts'

const change: VarnishChange = {
  files: 'varnish/',
  by: 'varnish',
  service: 'varnish',
  at: '/etc/varnish',
  main: 'default.vcl',
}

/** As `varnishadm vcl.load` of Varnish 7.7 prints them. */
const reports: readonly (readonly [name: string, report: string, problem: object])[] = [
  [
    'a missing semicolon',
    `Command failed with error code 106
Message from VCC-compiler:
Expected ';' got '}'
(program line 186), at
('/etc/varnish/default.vcl' Line 6 Pos 1)
}
#

Running VCC-compiler failed, exited with 2
VCL compilation failed`,
    {
      file: 'varnish/default.vcl',
      line: 6,
      message: "Expected ';' got '}'",
      meaning: expect.stringContaining('semicolon'),
    },
  ],
  [
    'a typing error, with a second place that is no news',
    `Message from VCC-compiler:
Symbol not found: 'retrun'
At: ('/etc/varnish/default.vcl' Line 4 Pos 3) -- (Pos 8)
  retrun (pass);
--######--------

Symbol not found.
('/etc/varnish/default.vcl' Line 4 Pos 10)
  retrun (pass);
---------#------

Running VCC-compiler failed, exited with 2
VCL compilation failed
Command failed with error code 106`,
    { line: 4, message: "Symbol not found: 'retrun'", meaning: expect.stringContaining('typing') },
  ],
  [
    'words that come after the place',
    `Message from VCC-compiler:
('/etc/varnish/default.vcl' Line 9 Pos 20) -- (Pos 25)
  set req.http.x = beresp.ttl;
-------------------######-----

Not available in subroutine 'vcl_recv'.
Running VCC-compiler failed, exited with 2
VCL compilation failed`,
    { line: 9, message: "Not available in subroutine 'vcl_recv'." },
  ],
  [
    'a name that nobody has, in a file of its own',
    `Command failed with error code 106
Message from VCC-compiler:
Backend host '"web9"' could not be resolved to an IP address:
	No address associated with hostname
(Sorry if that error message is gibberish.)
('/etc/varnish/backends.vcl' Line 2 Pos 21)
backend a { .host = "web9"; }
--------------------######---


In backend specification starting at:
('/etc/varnish/backends.vcl' Line 2 Pos 1)
backend a { .host = "web9"; }
#######----------------------

Running VCC-compiler failed, exited with 2`,
    {
      file: 'varnish/backends.vcl',
      line: 2,
      message:
        'Backend host \'"web9"\' could not be resolved to an IP address: No address associated with hostname',
      meaning: expect.stringContaining('names'),
    },
  ],
  [
    'an ending that a subroutine has not, once, with the place where it stands',
    `Message from VCC-compiler:
Invalid return "lookup"
('/etc/varnish/default.vcl' Line 4 Pos 11)
  return (lookup); 
----------######---


...in subroutine "vcl_recv"
('/etc/varnish/default.vcl' Line 3 Pos 5)
sub vcl_recv {
----########--`,
    { line: 4, message: 'Invalid return "lookup"', meaning: expect.stringContaining('hash') },
  ],
  [
    'what has no place at all',
    'Something nobody has foreseen.',
    { file: 'varnish/default.vcl', line: undefined, message: 'Something nobody has foreseen.' },
  ],
]

test.each(reports)('%s is told with its file and line', (_, report, problem) => {
  const found = parseVcl(report, change)
  expect(found).toHaveLength(1)
  expect(found[0]).toMatchObject(problem)
})
