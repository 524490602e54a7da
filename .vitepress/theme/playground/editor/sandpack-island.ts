import {
  type CodeEditorRef,
  SandpackCodeEditor,
  SandpackProvider,
  useActiveCode,
} from '@codesandbox/sandpack-react/unstyled'
import { createElement, useEffect, useRef } from 'react'
import { createRoot } from 'react-dom/client'

export interface EditorOptions {
  readonly file: string
  readonly text: string
  /** Read out when the editor is reached by keyboard: its name, and how to enter and leave it. */
  readonly label: string
  readonly onEdit: (text: string) => void
  readonly onReady: () => void
}

export interface Editor {
  setText(text: string): void
  /** Puts the cursor at a line, counted from 1, and the focus in the editor. */
  goTo(line: number): void
  unmount(): void
}

const options = { autorun: false, autoReload: false, bundlerURL: 'about:blank' }

/** Sandpack's editor, and nothing else of React, in a page of Vue. */
export function mountEditor(element: HTMLElement, given: EditorOptions): Editor {
  const root = createRoot(element)
  const path = `/${given.file}`
  // Made once: new objects would make SandpackProvider go back to the original files.
  const files = { [path]: { code: given.text, active: true } }
  const customSetup = { environment: 'parcel', entry: path } as const
  let view: ReturnType<NonNullable<CodeEditorRef>['getCodemirror']>

  function Contents() {
    const ref = useRef<CodeEditorRef>(null)
    const { code } = useActiveCode()
    useEffect(() => given.onEdit(code), [code])
    useEffect(() => {
      view = ref.current?.getCodemirror()
      label(element, given.label)
      given.onReady()
    }, [])
    return createElement(SandpackCodeEditor, {
      ref,
      showLineNumbers: true,
      showTabs: false,
      showRunButton: false,
      initMode: 'immediate',
    })
  }

  root.render(
    createElement(SandpackProvider, { files, customSetup, options }, createElement(Contents)),
  )

  return {
    setText(text) {
      if (!view || view.state.doc.toString() === text) return
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } })
    },
    goTo(line) {
      if (!view) return
      const { from } = view.state.doc.line(Math.min(line, view.state.doc.lines))
      view.dispatch({ selection: { anchor: from }, scrollIntoView: true })
      view.focus()
    },
    unmount: () => root.unmount(),
  }
}

/** Sandpack's own labels are English, and name two text boxes, one in the other. */
function label(element: HTMLElement, text: string): void {
  const frame = element.querySelector('[role="textbox"][tabindex="0"]')
  frame?.setAttribute('role', 'group')
  frame?.removeAttribute('aria-multiline')
  frame?.removeAttribute('aria-autocomplete')
  frame?.setAttribute('aria-label', text)
  element.querySelector('.cm-content')?.setAttribute('aria-label', text)
}
