#!/usr/bin/env bash
# Makes the dumps of a release: the tables with rows that the released program itself has written, one file for each database.
#
#   tests/dumps/make.sh PROGRAM POSTGRES
#
# PROGRAM is the released `qiyue`, POSTGRES the address of an empty database (postgres://…). The files are named after the newest change of
# the tables. Their keys are thrown away: nobody opens what is sealed in them. It needs curl, sqlite3 and pg_dump.
set -euo pipefail
program=$(realpath "$1") postgres=$2
here=$(realpath "$(dirname "$0")")
work=$(mktemp -d)
trap 'kill %% 2>/dev/null || true; rm -rf "$work"' EXIT

# It opens nothing but the dumps; the stories sign in with it.
password='a passphrase of the dumps'
listen=127.0.0.1:8339
cat >"$work/ledger.csv" <<LEDGER
企业名称,统一社会信用代码,行业,服务专员,专员邮箱,企业联系人邮箱,契约编号,契约起始日,契约终止日,重点项目,备注
示例企业1有限公司,91420100TE0000016K,示例,专员 01,liaison01@park.example,contact1@firm.example,QY-0001,$(date -d '-30 days' +%F),$(date -d '+335 days' +%F),示例项目1,
示例企业2有限公司,91420100TE000002XU,示例,专员 01,liaison01@park.example,contact2@firm.example,QY-0002,$(date -d '-20 days' +%F),$(date -d '+345 days' +%F),示例项目2,
LEDGER

# ask WHO QUERY: the answer to an operation of the API, which must succeed.
ask() {
    curl -sf -b "$work/$1" -H 'Content-Type: application/json' "http://$listen/graphql" -d "{\"query\":\"${2//\"/\\\"}\"}" | tee "$work/answer"
    if grep -E '"errors"|"userErrors":\[\{' "$work/answer" >&2; then return 1; fi
}

# change WHO MUTATION INPUT [ANSWER]: does it.
change() { ask "$1" "mutation { $2(input: {$3}) { ${4-} userErrors { message } } }"; echo; }

# id KIND: the first id of that kind in an answer.
id() {
    local answer
    answer=$(cat)
    answer=${answer#*\"$1_}
    echo "$1_${answer%%\"*}"
}

sign_in() {
    curl -sf -c "$work/$1" -H 'Content-Type: application/json' "http://$listen/session" \
        -d "{\"login\":\"$1@park.example\",\"password\":\"$password\"}"
}

# A little of everything that a park does in its first weeks.
history() {
    "$program" migrate
    local role name
    for role in ADMIN:管理员 CENTRE:企业服务中心 LEADER:分管领导 SUPERVISOR:监督员; do
        name=${role#*:} role=${role%:*}
        "$program" users add --role "$role" --name "$name" "${role,,}@park.example" <<<"$password"
    done
    "$program" import "$work/ledger.csv"
    "$program" jobs run obligation_opening
    "$program" serve >"$work/log" &
    until curl -sf "http://$listen/readyz"; do sleep 1; done
    for who in admin centre leader supervisor; do sign_in "$who"; done

    local enterprise promises promise number document
    promises=$(ask centre '{ contracts(first: 1) { nodes { enterprise { id } commitments { number id } } } }')
    enterprise=$(id enterprise <<<"$promises")
    document=$(printf '%%PDF-1.7\n%%%%EOF\n' | curl -sf -b "$work/centre" -H 'Content-Type: application/octet-stream' --data-binary @- \
        "http://$listen/documents?name=x.pdf&enterprise=$enterprise" | id document)
    local -a obligations=()
    for number in 5 6 7 13; do
        promise=$(grep -o "{[^{}]*\"number\":$number[,}][^{}]*" <<<"$promises" | id commitment)
        obligations+=("$(change centre obligationOpen "commitmentId: \"$promise\", idempotencyKey: \"event $number\"" 'obligation { id }' | id obligation)")
    done
    change centre obligationPause "id: \"${obligations[0]}\", expectedVersion: 1, kind: AGREED, reason: \"示例\", documentId: \"$document\""
    change centre obligationExtend "id: \"${obligations[1]}\", expectedVersion: 1, days: 2, reason: \"示例\""
    change centre obligationFulfil "id: \"${obligations[2]}\", expectedVersion: 1, evidenceDocumentId: \"$document\", evidenceNote: \"示例\""
    change centre visitRecord "enterpriseId: \"$enterprise\", summary: \"示例要点\""
    change centre permitRecord "enterpriseId: \"$enterprise\", kind: POLLUTANT, number: \"示例1号\", issuer: \"示例机关\", validUntil: \"$(date -d '+400 days' +%F)\""
    change centre feedCreate 'name: "示例"'
    change centre accountRequestPasswordLink 'login: "leader@park.example"'
    kill %%
    wait || true
    # A link goes at any hour. Then what is late by some working day, and the evaluation of the quarter: compiled, and opened.
    local days quarter
    "$program" jobs run calendar_check
    for days in 14 15 16; do "$program" jobs run deadline_warnings --no-delivery --as-of "$(date -d "+$days days" +%F)"; done
    quarter=$(date -d "$(date +%Y)-$((($(date +%-m) + 2) / 3 * 3))-01 +1 month" +%F)
    for days in -1 14; do "$program" jobs run evaluation_cycle --no-delivery --as-of "$(date -d "$quarter $days days" +%F)T20:00"; done
}

make() {
    export QIYUE_DATABASE_URL=$1 QIYUE_MAILBOX_DIR=$work/mailbox QIYUE_SEAL_FILE=$work/$2.seal QIYUE_LISTEN=$listen \
        QIYUE_MAIL_MARK_FILE=$work/$2.mark QIYUE_CLOCK_JUMP_MINUTES=0
    history
}

make "sqlite:$work/qiyue.sqlite" sqlite
newest=$(sqlite3 "$work/qiyue.sqlite" 'SELECT max(version) FROM seaql_migrations' | cut -d_ -f2)
sqlite3 "$work/qiyue.sqlite" .dump >"$here/$newest.sqlite.sql"

make "$postgres" postgres
# Without the settings that a server of another version does not know, and the words of psql.
pg_dump --inserts --rows-per-insert 50 --no-owner --no-privileges "$postgres" |
    sed -E '/^\\(un)?restrict /d; 1,/^CREATE /{/^(SET|SELECT) /d}' >"$here/$newest.postgres.sql"
ls -l "$here"
