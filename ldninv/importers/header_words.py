"""The words that pharmacies write above the columns of a batch list, in English, German, French and Spanish.

Words are kept as `headers.plain` leaves them: small letters without accents, single blanks, no punctuation.
"""

from __future__ import annotations

from ldninv.domain.batch_list import Field

CERTAIN = {
    Field.LOT: """
        lot, lots, lot no, lot number, lot num, lot nr, lot id, lot code, internal lot, internal lot no,
        internal lot number, pharmacy lot, batch, batch no, batch number, batch nr, batch id, batch code, batch lot,
        lot batch, internal batch;
        charge, charge nr, charge no, chargen nr, chargennr, chargen no, chargennummer, chargen nummer,
        chargenbezeichnung, ch b, chb, ch nr, ch bez, interne charge, los, los nr, losnr, losnummer;
        n de lot, no de lot, numero de lot, num de lot, nr de lot, lot n, n lot, no lot, numero lot, lot interne;
        lote, n de lote, no de lote, numero de lote, num de lote, nro de lote, nro lote, n lote, no lote, lote n,
        lote no, lote interno, partida
    """,
    Field.STRENGTH: """
        strength, dose, dosage, strength per capsule, strength per cap, dose per capsule, mg, mg per capsule,
        mg per cap, mg cap, mcg;
        starke, wirkstarke, wirkstoffstarke, dosisstarke, dosierung, dosis, starke pro kapsel, starke je kapsel;
        force, teneur, concentration, dosage par gelule;
        concentracion, potencia, fuerza, dosificacion, dosis por capsula
    """,
    Field.DRUG: """
        drug, drug name, drug strength, drug and strength, medication, medicine, product, product name, preparation,
        formula, formulation, description, item, item description, compound, compound name, drug description;
        arzneimittel, praparat, produkt, bezeichnung, wirkstoff, artikel, rezeptur, beschreibung, zubereitung;
        medicament, produit, designation, libelle, principe actif, nom du produit;
        medicamento, producto, farmaco, descripcion, principio activo, articulo
    """,
    Field.PREPARED: """
        date compounded, compounded on, compounding date, compound date, date made, made on, made date, prep date,
        prepared on, date prepared, preparation date, manufacture date, manufactured on, manufacturing date,
        date manufactured, date of manufacture, date of preparation, mfg date, mfg, mfd, date mfg, production date,
        produced on;
        hergestellt am, herstellungsdatum, herstelldatum, herstellung, herstellungstag, herst datum, herst dat,
        datum der herstellung, zubereitet am, angefertigt am, anfertigungsdatum, produktionsdatum;
        date de preparation, date preparation, date de prep, date prep, prepare le, fabrique le, date de fabrication,
        date fabrication, date fab, date de fab, realise le;
        fecha de elaboracion, fecha elaboracion, elaborado el, elaboracion, f elaboracion, fecha de preparacion,
        fecha preparacion, preparado el, fecha de fabricacion, fecha fabricacion, fabricado el, fecha de produccion
    """,
    Field.EXPIRES: """
        expires, expires on, expiry, expiry date, expire, expiration, expiration date, exp, exp date, bud, bud date,
        beyond use, beyond use date, discard after, discard date, discard by, use by, use by date, use before,
        best before, do not use after, good until, valid until;
        verwendbar bis, verw bis, verfall, verfallsdatum, verfalldatum, verfallsdat, ablauf, ablaufdatum, haltbar bis,
        haltbarkeit, haltbarkeitsdatum, mindestens haltbar bis, mindesthaltbarkeitsdatum, mhd, zu verwenden bis,
        zu verbrauchen bis, aufbrauchen bis, aufbrauchfrist, gultig bis;
        peremption, date de peremption, perime le, date d expiration, expire le, date limite,
        date limite d utilisation, dlu, utiliser avant, a utiliser avant, utilisable jusqu au, valable jusqu au,
        a jeter apres;
        caducidad, fecha de caducidad, fecha caducidad, f caducidad, caduca, caduca el, vencimiento,
        fecha de vencimiento, fecha vencimiento, vence, vence el, expira, fecha de expiracion, usar antes de,
        valido hasta, desechar despues de
    """,
    Field.MADE: """
        qty made, made qty, quantity made, caps made, capsules made, number made, no made, amount made, total made,
        quantity prepared, qty prepared, capsules prepared, caps prepared, quantity produced, qty produced,
        quantity compounded, qty compounded, caps compounded, capsules compounded, batch size, batch quantity,
        batch qty, lot size, yield, initial quantity, initial qty, original quantity, original qty, starting quantity;
        hergestellte menge, menge hergestellt, hergestellte kapseln, hergestellte anzahl, anzahl hergestellt,
        kapseln hergestellt, herstellmenge, produzierte menge, produktionsmenge, ansatz, ansatzgrosse, ansatzmenge,
        chargengrosse, ausbeute, anfangsbestand, anfangsmenge;
        quantite fabriquee, quantite preparee, quantite produite, qte fabriquee, qte preparee, qte produite,
        gelules fabriquees, gelules preparees, nombre fabrique, taille du lot, quantite initiale, rendement;
        cantidad elaborada, cantidad preparada, cantidad fabricada, cantidad producida, cantidad hecha,
        cant elaborada, cant preparada, cant fabricada, capsulas elaboradas, capsulas preparadas, capsulas fabricadas,
        tamano del lote, tamano de lote, cantidad inicial
    """,
    Field.ON_HAND: """
        on hand, onhand, qty on hand, quantity on hand, caps on hand, capsules on hand, count on hand, on hand qty,
        qoh, soh, remaining, qty remaining, quantity remaining, caps remaining, capsules remaining, remaining qty,
        remaining quantity, remaining caps, remaining capsules, remainder, stock, in stock, stock on hand,
        current stock, current quantity, current qty, left, caps left, capsules left, qty left, balance, inventory,
        available, qty available, quantity available;
        bestand, restbestand, lagerbestand, istbestand, aktueller bestand, bestand aktuell, rest, restmenge, vorrat,
        vorratig, verbleibend, verfugbar, ubrig, kapseln ubrig;
        stock restant, stock actuel, en stock, restant, restante, reste, quantite restante, qte restante,
        quantite en stock, qte en stock, gelules restantes, solde, disponible;
        existencias, existencia, en existencia, stock actual, restantes, cantidad restante, cant restante,
        capsulas restantes, disponibles, cantidad disponible, saldo, inventario, quedan
    """,
    Field.PLACE: """
        place, location, shelf, cabinet, bin, storage, storage location, storage place, stored at, stored in, stored,
        where;
        ort, platz, lager, lagerort, lagerplatz, lagerung, regal, fach, schrank, standort, aufbewahrung,
        aufbewahrungsort;
        emplacement, lieu, lieu de stockage, stockage, etagere, armoire, rangement, localisation;
        ubicacion, lugar, lugar de almacenamiento, almacen, almacenamiento, estante, estanteria, armario, localizacion
    """,
    Field.MADE_BY: """
        made by, prepared by, prep by, compounded by, manufactured by, produced by, compounder, tech, technician;
        hergestellt von, hergestellt durch, angefertigt von, zubereitet von, herstellende person, pta;
        prepare par, fabrique par, realise par, preparateur, preparatrice, technicien, technicienne;
        elaborado por, preparado por, fabricado por, hecho por, tecnico, tecnica
    """,
    Field.VERIFIED_BY: """
        verified by, checked by, check by, released by, approved by, verifier, rph, pharmacist;
        gepruft von, gepruft durch, freigegeben von, freigegeben durch, freigabe, freigabe durch, kontrolliert von,
        apotheker, apothekerin;
        verifie par, controle par, libere par, valide par, pharmacien, pharmacienne;
        verificado por, revisado por, comprobado por, liberado por, aprobado por, farmaceutico, farmaceutica
    """,
    Field.FILLER: """
        filler, diluent, excipient, bulking agent;
        fullstoff, fullmittel, hilfsstoff;
        diluant, agent de remplissage;
        excipiente, diluyente, relleno
    """,
    Field.CONTAINER: """
        container, packaging, package, bottle, vial;
        behaltnis, behalter, verpackung, gefass, packmittel, flasche;
        conditionnement, contenant, emballage, recipient, flacon;
        envase, recipiente, contenedor, frasco, embalaje
    """,
}
"""Words that mean one thing alone."""

LIKELY = {
    Field.PREPARED: "date; datum; fecha; date du lot",
    Field.DRUG: "name; nom",
    Field.MADE: """
        quantity, qty, amount, count, capsules, caps, number of capsules, units;
        menge, anzahl, stuckzahl, stuck, kapseln, anzahl kapseln;
        quantite, qte, gelules, nombre de gelules;
        cantidad, cant, capsulas, numero de capsulas, unidades
    """,
}
"""Words that mean the field where nothing certain claims it."""

EITHER = """
    made, prepared, compounded, produced, manufactured;
    hergestellt, angefertigt, zubereitet;
    prepare, fabrique, realise, fabrication;
    elaborado, preparado, fabricado, fabricacion
"""
"""A day where no other column is the preparation date, else a quantity."""


def words(text: str) -> tuple[str, ...]:
    """Return the header words of a block.

    >>> words("lot no, batch; charge")
    ('lot no', 'batch', 'charge')
    """
    return tuple(" ".join(each.split()) for each in text.replace(";", ",").split(","))
