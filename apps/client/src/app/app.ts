import { ChangeDetectionStrategy, Component } from '@angular/core';
import { RouterOutlet } from '@angular/router';

import { exposeSelfTest } from './self-test/expose-self-test';

/** The application: whichever page the address names. */
@Component({
  selector: 'chat-root',
  imports: [RouterOutlet],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `<router-outlet />`,
})
export class App {
  constructor() {
    exposeSelfTest();
  }
}
