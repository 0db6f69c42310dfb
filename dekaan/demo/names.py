"""Invented names from many places, and the trust's invented employers and providers."""

SURNAMES = """Adebayo Ahmed Akhtar Allen Anderson Ansari Appleby Ashworth Bailey Baker Balogun Banerjee Barker Begum Bennett
Bhatt Boateng Bowen Brennan Brooks Byrne Campbell Carter Chan Chaudhry Chen Clarke Cole Collins Cooper Costa Cox Dahl Das
Davies Dawson Desai Dhillon Diallo Dixon Doherty Edwards Ellis Evans Farouk Fernandes Fletcher Foster Francis Gallagher
Garcia Gill Gordon Graham Green Griffiths Hall Hamid Hanif Harper Harris Hassan Hayes Higgins Hill Holt Hughes Hussain Iqbal
Jackson James Jenkins Jensen Jones Joshi Kaur Kelly Khan Kim King Kowalski Kumar Lambert Larsson Lee Lewis Lloyd Lopez Mahmood
Malik Marsden Martin Mbeki Mehta Mensah Miller Mistry Mohamed Moore Morgan Morris Murphy Nair Nguyen Nowak Nwosu O'Brien
O'Connor Okeke Oliveira Owens Palmer Park Parker Patel Pereira Phillips Popescu Powell Price Quinn Rahman Rao Reid Reyes
Richards Roberts Robinson Rossi Russell Saeed Santos Saunders Scott Shah Sharma Shaw Silva Simpson Singh Smith Sousa Spencer
Stewart Stone Suleiman Swift Szabó Tanaka Taylor Thomas Thompson Thorne Tran Turner Usman Van-Dijk Varga Wagner Walker Walsh
Ward Watson Webb White Williams Wilson Wójcik Wong Wood Wright Yeo Yilmaz Young Yusuf Zaman Zhang Zielińska""".split()

GIRLS = """Aaliyah Abigail Aisha Alice Amara Amelia Amina Ana Anika Anya Ava Beatrice Bethany Bronwen Cara Chidera Chloé Daisy
Divya Eilidh Eleanor Elsie Emily Erin Eva Evie Farah Fatima Florence Freya Georgia Grace Hana Hannah Holly Ifeoma Imogen
Isabella Isla Jasmine Jia Kavya Keira Khadija Lara Layla Leila Lily Lottie Lucia Maja Maisie Mariam Matilda Megan Mei Mia
Millie Molly Nadia Naomi Niamh Olivia Orla Phoebe Poppy Priyanka Rania Rosie Ruby Safiya Saoirse Sara Sienna Sofia Sophie
Tamsin Tanisha Thea Willow Yasmin Zainab Zara Zofia Zoë""".split()

BOYS = """Aaron Abdul Adam Aiden Alex Alfie Amir Anton Archie Arjun Arthur Ayaan Ben Bilal Callum Charlie Chinedu Conor Daniel
Darragh David Dewi Dylan Eesa Elijah Elliot Emeka Ethan Ewan Ezra Finley Freddie Gabriel George Hamza Harry Haruto Harvey
Henry Hugo Ibrahim Idris Isaac Jack Jacob Jakub James Jamie Jayden Joel Jonah Joseph Joshua Jude Kai Kieran Kofi Kwame Leo
Liam Logan Louis Luca Lucas Malachi Mateusz Max Mohammed Musa Nathan Noah Oisín Oliver Omar Oscar Owen Patrick Rafael Ravi
Reece Reuben Rhys Rohan Rory Ryan Samir Samuel Sebastian Stanley Tariq Theo Thomas Toby Tomasz Tyler Umar William Yusuf
Zachary""".split()

# Name, kind.
EMPLOYERS = (
    ("Millworks Engineering", "employer"),
    ("Larkfield General Hospital", "employer"),
    ("Weir Valley Council", "authority"),
    ("Brightwater Homes", "employer"),
    ("Oakline Joinery", "self-employed"),
    ("Copper Fox Games", "employer"),
    ("Hollins Farm", "self-employed"),
    ("Northgate Solicitors", "employer"),
    ("Redhill Logistics", "apprenticeship-employer"),
    ("Sundial Hotels", "apprenticeship-employer"),
    ("Tidewell Energy", "apprenticeship-employer"),
    ("Pennine Film Studio", "employer"),
    ("Ashdown Alumni", "alumni"),
)
PROVIDERS = {
    "fe-college": "Weir Valley College",
    "sixth-form": "Ashdown Sixth Form",
    "sixth-form-college": "Larkfield Sixth Form College",
    "university": "University of Weirdale",
    "he-in-fe": "Weir Valley University Centre",
    "itp": "Keystone Training",
    "apprenticeship-employer": "Tidewell Energy",
    "utc": "Northern Rail University Technical College",
}

ETHNICITIES = (
    ("WBRI", 62),
    ("WOTH", 7),
    ("WIRI", 1),
    ("WROM", 1),
    ("MWBC", 2),
    ("MWAS", 2),
    ("MOTH", 2),
    ("AIND", 4),
    ("APKN", 6),
    ("ABAN", 2),
    ("AOTH", 2),
    ("CHNE", 1),
    ("BCRB", 1),
    ("BAFR", 4),
    ("OOTH", 2),
    ("REFU", 1),
)
