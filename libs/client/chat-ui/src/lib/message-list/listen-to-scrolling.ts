/** What is told of a box that scrolls. */
export interface ScrollingListener {
  /** It has been scrolled */
  scrolled(): void;
  /** The box or what is in it has another size */
  resized(): void;
}

/** Listens outside of the template: scrolling alone renders nothing. Answers how to end it. */
export function listenToScrolling(
  box: HTMLElement,
  content: HTMLElement,
  listener: ScrollingListener,
): () => void {
  const onScroll = () => listener.scrolled();
  box.addEventListener('scroll', onScroll, { passive: true });
  const observer = new ResizeObserver(() => listener.resized());
  observer.observe(box);
  observer.observe(content);
  return () => {
    box.removeEventListener('scroll', onScroll);
    observer.disconnect();
  };
}
