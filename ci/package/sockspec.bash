# Completion of sockspec for bash. Commands, options and operands are read from --help, and the names of
# profiles, scenarios and faults from `sockspec list`, so that none can be missing here.

# "--json FILE" for every option of a command, one per line.
_sockspec_options() {
  "$1" "$2" --help 2>/dev/null |
    sed -n '/^Options:/,$ s/^  \(--\{0,1\}[a-z][a-z-]*\)\( [^ ]\{1,\}\)\{0,1\}  .*/\1\2/p'
}

# The operands in the first line of a command's usage: "PROFILE | SCENARIO | FAULT".
_sockspec_operands() {
  "$1" "$2" --help 2>/dev/null | sed -n "s/^  sockspec $2 //p" | head -n 1 |
    sed 's/  .*//; s/\[*-.*//; s/[][|…]//g'
}

_sockspec_names() {
  "$1" list "${@:2}" 2>/dev/null | sed 's/ .*//'
}

# The words that may stand where --help says $2, which is the value of the option $3, if of one; $4 is the
# profile of the command line, if it has one.
_sockspec_words() {
  local program=$1 kind=$2 option=$3 profile=$4
  case $option in
    --level) echo must should may; return ;;
    --color) echo auto always never; return ;;
    --arrivals) echo constant poisson ramp steps burst sine; return ;;
    --churn) echo fin rst; return ;;
    --pace) echo hybrid spin sleep; return ;;
    --fault) _sockspec_names "$program" faults ${profile:+--profile "$profile"}; return ;;
    --only | --skip) _sockspec_names "$program" scenarios ${profile:+--profile "$profile"}; return ;;
    --profile) kind=PROFILE ;;
  esac
  case $kind in
    PROFILE) _sockspec_names "$program" profiles ;;
    SCENARIO) _sockspec_names "$program" scenarios ;;
    FAULT) _sockspec_names "$program" faults ;;
    *\|*) echo "${kind//|/ }" ;;
    profiles | scenarios | faults) echo "$kind" ;;
  esac
}

# Files and folders, where they are what is asked for; a profile may be a file, too.
_sockspec_files() {
  case $1 in
    *FOLDER | *DIR) compgen -d -- "$2" ;;
    PROFILE | *.json | DIRECTORY) compgen -f -X '!*.json' -- "$2"; compgen -d -- "$2" ;;
    *FILE) compgen -f -- "$2" ;;
  esac
}

_sockspec() {
  local program=${1/#\~/$HOME} word=$2 option='' i
  COMPREPLY=()

  if [ "$COMP_CWORD" -eq 1 ]; then
    local commands
    commands=$("$program" --help 2>/dev/null | sed -n '/^Commands/,/^$/ s/^  \([a-z]\{1,\}\) .*/\1/p')
    mapfile -t COMPREPLY < <(compgen -W "$commands --help --version" -- "$word")
    return
  fi
  local command=${COMP_WORDS[1]} profile=''

  # After "--" stands the command of a server.
  for ((i = 2; i < COMP_CWORD; ++i)); do
    [ "${COMP_WORDS[i]}" = "--" ] || continue
    if declare -F _command_offset >/dev/null; then
      _command_offset $((i + 1))
    elif [ $((i + 1)) -eq "$COMP_CWORD" ]; then
      mapfile -t COMPREPLY < <(compgen -c -f -- "$word")
    else
      mapfile -t COMPREPLY < <(compgen -f -W '{port} {host}' -- "$word")
    fi
    return
  done
  if [ "$COMP_CWORD" -gt 2 ] && [[ ${COMP_WORDS[2]} != -* ]]; then
    profile=${COMP_WORDS[2]}
  fi

  # Bash cuts "--json=x" into three words.
  if [ "$word" = "=" ]; then
    option=${COMP_WORDS[COMP_CWORD - 1]} word=''
  elif [ "${COMP_WORDS[COMP_CWORD - 1]}" = "=" ]; then
    option=${COMP_WORDS[COMP_CWORD - 2]}
  else
    option=${COMP_WORDS[COMP_CWORD - 1]}
  fi

  local options flags=() name value kinds=''
  options=$(_sockspec_options "$program" "$command")
  while read -r name value; do
    if [ "$name" = "$option" ] && [ -n "$value" ]; then
      kinds=$value
      break
    fi
    flags+=("$name")
  done <<<"$options"
  if [ -n "$kinds" ]; then
    :  # a value is due
  elif [[ $word == -* ]]; then
    mapfile -t COMPREPLY < <(compgen -W "${flags[*]} --help" -- "$word")
    return
  else
    option='' kinds=$(_sockspec_operands "$program" "$command")
  fi

  local words files kind
  words=$(for kind in $kinds; do _sockspec_words "$program" "$kind" "$option" "$profile"; done)
  mapfile -t COMPREPLY < <(compgen -W "$words" -- "$word")
  mapfile -t files < <(for kind in $kinds; do _sockspec_files "$kind" "$word"; done)
  if [ ${#files[@]} -gt 0 ]; then
    COMPREPLY+=("${files[@]}")
    compopt -o filenames 2>/dev/null  # a slash after a folder; what is odd in a name is quoted
  fi
}

complete -F _sockspec sockspec
