import type { ReactNode } from 'react';

/** Drawings are decoration: the word beside them says the same thing. */
function icon(drawing: ReactNode) {
  return function Icon({ size = 16 }: { size?: number }) {
    return (
      <svg width={size} height={size} viewBox="0 0 16 16" fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" strokeLinejoin="round" aria-hidden="true" focusable="false">
        {drawing}
      </svg>
    );
  };
}

export const CabinetIcon = icon(<path d="M2.5 13.5v-9l5.5-2.5 5.5 2.5v9h-11Zm4 0v-3h3v3M5 7h1.5M9.5 7H11" />);
export const HomeIcon = icon(<path d="m2 7.5 6-5 6 5M3.5 6.5v7h9v-7M6.5 13.5v-4h3v4" />);
export const VideoIcon = icon(<path d="M1.5 4.5h8.5v7H1.5zM10 7.2l4.5-2.2v6L10 8.8" />);
export const CheckIcon = icon(<path d="m3 8.5 3.2 3.2L13 4.8" strokeWidth="2" />);
export const CrossIcon = icon(<path d="m4 4 8 8M12 4l-8 8" strokeWidth="2" />);
export const WaitIcon = icon(<path d="M3.5 8h.01M8 8h.01M12.5 8h.01" strokeWidth="2.4" />);
export const PowerIcon = icon(<path d="M8 2v5.5M4.6 4.4a5 5 0 1 0 6.8 0" />);
export const WarnIcon = icon(<path d="M8 2 14.5 13.5h-13L8 2Zm0 4.5v3M8 11.6h.01" />);
export const ClockIcon = icon(<path d="M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12Zm0-9.2V8l2.2 1.6" />);
export const SearchIcon = icon(<path d="M7 12A5 5 0 1 0 7 2a5 5 0 0 0 0 10Zm3.7-1.3L14 14" />);
export const PinIcon = icon(<path d="M8 14.5S3 10 3 6.5a5 5 0 0 1 10 0C13 10 8 14.5 8 14.5ZM8 8.3a1.8 1.8 0 1 0 0-3.6 1.8 1.8 0 0 0 0 3.6Z" />);
export const PhoneIcon = icon(<path d="M3 2.5h2.6L7 6 5.3 7.2a8 8 0 0 0 3.5 3.5L10 9l3.5 1.4V13c0 .6-.5 1-1 1A10.5 10.5 0 0 1 2 3.5c0-.5.4-1 1-1Z" />);
export const RouteIcon = icon(<path d="M4 13.5a1.5 1.5 0 1 0 0-3 1.5 1.5 0 0 0 0 3Zm8-8a1.5 1.5 0 1 0 0-3 1.5 1.5 0 0 0 0 3ZM5.5 12H10a2 2 0 0 0 0-4H6a2 2 0 0 1 0-4h4.5" />);
export const ChevronIcon = icon(<path d="m4 6 4 4 4-4" />);
export const SunIcon = icon(<path d="M8 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6ZM8 1.5v1M8 13.5v1M1.5 8h1M13.5 8h1M3.4 3.4l.7.7M11.9 11.9l.7.7M12.6 3.4l-.7.7M4.1 11.9l-.7.7" />);
export const PersonIcon = icon(<path d="M8 8a2.8 2.8 0 1 0 0-5.6A2.8 2.8 0 0 0 8 8Zm-5.5 5.8c.5-2.5 2.7-4 5.5-4s5 1.5 5.5 4" />);
export const MenuIcon = icon(<path d="M2.5 4.5h11M2.5 8h11M2.5 11.5h11" />);
export const ExternalIcon = icon(<path d="M6.5 3.5h-4v10h10v-4M9.5 2.5h4v4M13.2 2.8 7.5 8.5" />);
export const CopyIcon = icon(<path d="M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3" />);
export const DownloadIcon = icon(<path d="M8 2.5v7.5M4.8 7 8 10.2 11.2 7M2.5 13.5h11" />);
export const SortIcon = icon(<path d="m5 6.3 3-3 3 3M5 9.7l3 3 3-3" />);
export const UpIcon = icon(<path d="M8 13V3.5M4.5 7 8 3.5 11.5 7" />);
export const DownIcon = icon(<path d="M8 3v9.5M4.5 9 8 12.5 11.5 9" />);
export const HelpIcon = icon(<path d="M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM6.3 6.4A1.8 1.8 0 1 1 8.9 8c-.6.4-.9.7-.9 1.3M8 11.4v.1" />);
