"""Tryton's stock as a peer for g13-tryton.bench.ts: Debian's packages over a PostgreSQL cluster of its own.

Packages: tryton-server, tryton-server-postgresql, tryton-modules-stock, postgresql; started with Debian's Python:
    /usr/bin/python3 tests/bench/tryton.py FOLDER PORT
FOLDER is empty and is used for the cluster and the settings, PORT is free on the loopback. When it is ready it
prints one line of JSON; then each line that it reads is an order, and each is answered by one line of JSON:
    post LINES       one document: LINES moves out of the storage zone, created, done and committed -> {"ms"}
    fill MOVES       so many finished moves more, written by SQL as an importer would -> {"moves"}
    balances         the stock of all products in the storage zone, by the ORM -> {"ms", "keys"}
    end              stops the cluster
Orders go through the ORM in this process, without HTTP: the least that a client of Tryton can cost.
"""

import datetime
import json
import os
import pwd
import subprocess
import sys
import time
from decimal import Decimal
from pathlib import Path

PRODUCTS = 500
POSTGRES = sorted(Path('/usr/lib/postgresql').glob('*/bin'))[-1]


def as_postgres(*command):
    """PostgreSQL does not start for root."""
    return (['runuser', '-u', 'postgres', '--'] if os.geteuid() == 0 else []) + [str(x) for x in command]


def run(*command, **how):
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **how)


def open_cluster(folder, port):
    cluster = folder / 'cluster'
    cluster.mkdir()
    if os.geteuid() == 0:
        folder.chmod(0o755)
        os.chown(cluster, pwd.getpwnam('postgres').pw_uid, -1)
    data = cluster / 'data'
    run(*as_postgres(POSTGRES / 'initdb', '-D', data, '-U', 'tryton', '--auth=trust'))
    flags = f'-p {port} -k {cluster} -c listen_addresses=127.0.0.1'
    run(*as_postgres(POSTGRES / 'pg_ctl', '-D', data, '-w', '-o', flags, 'start'))
    run(*as_postgres(POSTGRES / 'createdb', '-h', '127.0.0.1', '-p', port, '-U', 'tryton', 'tryton'))
    return lambda: run(*as_postgres(POSTGRES / 'pg_ctl', '-D', data, '-m', 'immediate', 'stop'))


def set_up(folder, port):
    settings = folder / 'trytond.conf'
    settings.write_text(f'[database]\nuri = postgresql://tryton@127.0.0.1:{port}/\n')
    password = folder / 'password'
    password.write_text('bench')
    environment = {**os.environ, 'TRYTONPASSFILE': str(password)}
    admin = ['/usr/bin/trytond-admin', '-c', str(settings), '-d', 'tryton']
    run(*admin, '--all', '--email', 'bench@example.invalid', env=environment)
    run(*admin, '-u', 'stock', '--activate-dependencies', env=environment)
    return settings


class Shop:
    def __init__(self, settings):
        from trytond.config import config
        config.update_etc(str(settings))
        from trytond.pool import Pool
        from trytond.transaction import Transaction
        self.transaction = Transaction
        Pool.start()
        self.pool = Pool('tryton')
        with Transaction().start('tryton', 0, readonly=True):
            self.pool.init()
        with Transaction().start('tryton', 1) as transaction:
            self.create()
            transaction.commit()
        self.next = 0

    def create(self):
        get = self.pool.get
        currency, = get('currency.currency').create([{'name': 'Yuan', 'symbol': '¥', 'code': 'CNY'}])
        party, = get('party.party').create([{'name': 'Bench'}])
        company, = get('company.company').create([{'party': party.id, 'currency': currency.id}])
        users = get('res.user').search([('id', '=', 1)])
        get('res.user').write(users, {'companies': [('add', [company.id])], 'company': company.id})
        unit, = get('product.uom').search([('name', '=', 'Unit')])
        templates = get('product.template').create([{
            'name': f'Product {i}', 'type': 'goods', 'default_uom': unit.id, 'list_price': Decimal('3.50'),
            'products': [('create', [{}])]} for i in range(PRODUCTS)])
        self.products = [template.products[0].id for template in templates]
        self.unit, self.company, self.currency = unit.id, company.id, currency.id
        zones = {each.code: each.id for each in get('stock.location').search([])}
        self.storage, self.customer, self.supplier = zones['STO'], zones['CUS'], zones['SUP']
        self.move([self.of(product, 1000000, self.supplier, self.storage) for product in self.products])

    def of(self, product, quantity, source, target):
        return {'product': product, 'uom': self.unit, 'quantity': quantity, 'company': self.company,
                'from_location': source, 'to_location': target, 'unit_price': Decimal('2.00'),
                'currency': self.currency}

    def move(self, values):
        move = self.pool.get('stock.move')
        move.do(move.create(values))

    def context(self):
        return {'company': self.company, 'user': 1}

    def post(self, lines):
        begun = time.perf_counter()
        with self.transaction().start('tryton', 1, context=self.context()) as transaction:
            chosen = [self.products[(self.next + i) % PRODUCTS] for i in range(lines)]
            self.move([self.of(product, 1, self.storage, self.customer) for product in chosen])
            transaction.commit()
        self.next += lines
        return {'ms': (time.perf_counter() - begun) * 1000}

    def fill(self, moves):
        """Copies of a finished move, over all products."""
        with self.transaction().start('tryton', 1, context=self.context()) as transaction:
            cursor = transaction.connection.cursor()
            cursor.execute('select column_name from information_schema.columns '
                           "where table_name = 'stock_move' and column_name not in ('id', 'product')")
            columns = ', '.join(f'"{name}"' for name, in cursor.fetchall())
            cursor.execute(f'insert into stock_move (product, {columns}) '
                           f'select (%s::int[])[1 + n %% {PRODUCTS}], {columns} '
                           'from generate_series(1, %s) n, (select * from stock_move order by id desc limit 1) one',
                           (self.products, moves))
            cursor.execute('select count(*) from stock_move')
            moves, = cursor.fetchone()
            transaction.commit()
        return {'moves': moves}

    def balances(self):
        begun = time.perf_counter()
        context = {**self.context(), 'stock_date_end': datetime.date.today()}
        with self.transaction().start('tryton', 1, readonly=True, context=context):
            found = self.pool.get('product.product').products_by_location([self.storage])
        return {'ms': (time.perf_counter() - begun) * 1000, 'keys': len(found)}


def answer(value):
    print(json.dumps(value), flush=True)


def main(folder, port):
    close = open_cluster(folder, port)
    try:
        shop = Shop(set_up(folder, port))
        answer({'products': PRODUCTS})
        for line in sys.stdin:
            order, *arguments = line.split()
            if order == 'end':
                return
            answer(getattr(shop, order)(*map(int, arguments)))
    finally:
        close()


if __name__ == '__main__':
    main(Path(sys.argv[1]), sys.argv[2])
