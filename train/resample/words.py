"""Words that matter: names by gender, number words, and words that bring numbers of their own."""

from __future__ import annotations

import re
from fractions import Fraction

MALE = re.findall(
    r"\w+",
    """Aaron Adam Alan Albert Andrew Andy Anthony Arthur Ben Bob Brad Brandon Brian Bruce Bryan
Caleb Calvin Carl Carlos Charles Chad Dan Daniel Danny Dave David Derek Diego Eric Fred Gary
George Gerald Greg Harry Henry Ian Ivan Jack Jackson Jacob James Jared Jason Jeff Jeremy
Jerome Jerry Jim Jimmy Joe Joel John Johnny Jorge Jose Joseph Josh Joshua Juan Justin Ken
Kenneth Kevin Kyle Larry Leo Lucas Luke Marcus Mario Martin Matt Matthew Michael Mike Nathan
Neil Nick Noah Oliver Oscar Patrick Paul Peter Phil Phillip Ralph Randy Richard Rick Rob
Robert Roger Ron Ryan Sean Simon Stan Stephen Steve Steven Ted Theo Thomas Tim Todd Tom
Tommy Travis Trevor Tyler Vincent Walter William Zach""",
)
FEMALE = re.findall(
    r"\w+",
    """Abigail Alice Allison Alyssa Amanda Amelia Amy Andrea Angela Anna Anne Annie Barbara Becky
Bella Beth Betty Brenda Brittany Carla Carmen Carol Carolyn Carrie Cheryl Christina
Christine Cindy Claire Cynthia Danielle Diana Diane Donna Dorothy Elizabeth Ella Emily Emma
Erica Erin Gina Gretchen Hannah Helen Jane Janet Janice Jenna Jennifer Jenny Jessica Jill
Joan Julia Julie Karen Kate Katie Kendra Laura Leila Linda Lisa Lucy Lydia Maggie Mandy
Maria Martha Mary Megan Melanie Melissa Mia Michelle Molly Monica Nancy Natalie Nicole Nina
Nora Olivia Patricia Paula Rachel Rebecca Rita Ruth Sally Samantha Sandra Sara Sarah Sheila
Sophie Stephanie Stella Sue Susan Tammy Tanya Tiffany Tina Veronica Wendy Zoe""",
)

ONES = re.findall(
    r"\w+",
    """zero one two three four five six seven eight nine ten eleven twelve
thirteen fourteen fifteen sixteen seventeen eighteen nineteen""",
)
TENS = re.findall(r"\w+", "twenty thirty forty fifty sixty seventy eighty ninety")
WORDS = {word: value for value, word in enumerate(ONES)}
WORDS |= {word: 10 * value for value, word in enumerate(TENS, 2)}

# Words that bring numbers of their own into the steps: an operand may come from them. The second
# list holds the weaker ones: believed only where no two numbers of the problem give the same.
FACTS = {
    r"half|halve|twice|doubl|both|couple|pair|average|round.?trip|each way|two|twin": "2 0.5",
    r"thrice|tripl|yard": "3",
    r"quarter|quadrupl": "4 0.25 3 0.75 25",
    r"nickel": "5 0.05",
    r"dime|decade": "10 0.1",
    r"week|\bdays?\b|daily": "7",
    r"hour|minute|second": "60 3600",
    r"year|annual": "12 52 365",
    r"month": "12",
    r"dozen|foot|feet|inch": "12",
    r"pound|ounce": "16",
    r"%|percent|cent": "100",
    r"kilo|kg|km\b|liter": "1000",
}
DOUBTFUL = {
    r"\bday|daily|hour": "24",
    r"month|week|april|june|september|november": "4 30",
    r"\b(?:leg|wheel|tire|car\b|dog|cat|square|season|feet|rectang)": "4",
    r"\b(?:leg|chicken|bike|bicycle|wheel|perimeter|rectang)": "2",
    r"three|triang|tricycle": "3",
    r"\$|dollar|meter|cm\b|penn|grade|score": "100",
    r"\btons?\b|thousand|meter": "1000",
    r"week|work": "5",
}
BROUGHT = [
    [(re.compile(pattern, re.I), set(map(Fraction, numbers.split()))) for pattern, numbers in facts]
    for facts in (FACTS.items(), DOUBTFUL.items())
]
