// Made from server/messages/cards/en.mf2 by test/messages/make-catalogues.ts.

/** English. */
export const texts = {
  voucher_title: "Exchange your voucher",
  voucher_lead: "Enter the code on the card from {seller}. You get the serial number of your copy in return.",
  voucher_label: "Voucher code",
  voucher_button: "Get my serial number",
  voucher_small: "Small letters and missing hyphens are fine. A voucher can be exchanged once.",
  voucher_receipt: "Your serial number for {product}",
  voucher_copy: "Copy",
  voucher_step_start: "Start {product} and choose to enter a serial number.",
  voucher_step_enter: "Enter the number exactly as it stands here.",
  voucher_step_keep:
    "Keep it: print this page or take a picture of it. The voucher from {seller} is used now and cannot be exchanged again.",
  voucher_none: "There are no vouchers here",
  voucher_none_text: "The address may be incomplete. Please compare it with the one on your card.",
  voucher_none_next: "If it is the same, please ask the shop that sold you the voucher.",
  voucher_filled: "The code of your card was filled in.",
  voucher_looking: "Looking at your code…",
  voucher_silent:
    "There was no answer. Please try again: your code is still here, and nothing is lost if you send it twice.",
  voucher_copied: "Copied.",
  voucher_select: "Please copy the selected number.",
  voucher_empty: "Please enter the code on your card.",
  voucher_elsewhere: "This came from another page. Please press the button once more.",
  email_title: "Register with {partner}",
  email_lead:
    "Leave your e-mail address, so that {partner} is paid for having sold to you when you buy or renew.",
  email_lead_product:
    "Leave your e-mail address for {product}, so that {partner} is paid for having sold to you when you buy or renew.",
  email_label: "Your e-mail address",
  email_button: "Register",
  email_wording: "Wording {version}.",
  email_check: "Please check: {title}",
  email_elsewhere: "This came from another page. Please look at it, and press the button once more.",
  email_invalid: "That is not an e-mail address. Please write it as in name@example.com.",
  email_consent: "Without your consent the address cannot be registered. Please tick the box if you agree.",
  email_changed:
    "The text you are asked to agree to has changed since the page was opened. Please read it again.",
  email_often: "Too many addresses were registered from here. Please try again later.",
  email_done: "Your address is registered",
  email_done_text:
    "Thank you. When you buy or renew with this address, {partner} may be paid a commission; nothing changes for you.",
  email_done_erase:
    "To have the address erased, write to whoever gave you the link, or to the maker of the program.",
  link_unknown: "This link leads nowhere",
  link_unknown_text:
    "It may be incomplete, or it was withdrawn. Please ask whoever gave it to you for a new one.",
  link_ended: "This link has expired",
  link_ended_text: "Please ask whoever gave it to you for a new one.",
  download_none: "There is nothing to download here",
  download_none_text: "The address may be incomplete, or the program has a new name by now.",
  download_none_next: "Please go back to the page that sent you here, or ask whoever gave you the address.",
  download_later: "The download is not ready just now",
} as const;
