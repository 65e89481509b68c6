//! The folder with its statement, which is written once.

use std::path::Path;

use super::lines::{Below, STATEMENT, Section, StatementHead, numbers, push_section, read};
use crate::certificate::{Networks, PRODUCER, StatedRational};
use crate::exact::Rational;
use crate::jobs::{Lines, Place, SplitError, write_durably};
use crate::network::{Network, from_certificate};
use crate::realization::bounded::SeminormLimits;
use crate::realization::canonical::CanonicalForm;
use crate::realization::certify::Subject;
use crate::realization::lower::LowerSearch;
use crate::realization::problem::Problem;
use crate::realization::search::{Incumbent as _, follow_rays, trunk};

/// Nodes that are searched best first, and how many of them for each job: some searches never have many open nodes.
const BEST_FIRST: (usize, usize) = (1024, 16);

/// What is asked: r of Γ, or of the difference Θ − Γ.
#[derive(Clone, Debug)]
pub struct Question {
    /// The networks as given, Γ alone or both, and the activation.
    pub subject: Subject,
    /// Γ's canonical form, or that of the difference.
    pub form: CanonicalForm,
    /// Whether one of them has biases.
    pub affine: bool,
    /// A bracket this narrow will do.
    pub gap: Rational,
}

/// A folder with a statement; see the [module](super).
#[derive(Debug)]
pub struct Folder {
    pub(super) place: Place,
    pub(super) question: Question,
    pub(super) head: StatementHead,
    pub(super) trees: Vec<Section>,
    /// The statement's hash.
    pub(super) hash: String,
}

impl Folder {
    /// Searches best first until about `jobs` leaves are open, some hundred if it is not said, or many more nodes were seen, and writes what that comes to.
    ///
    /// Cost: that of the points, of some thousand nodes or sixteen for each job, and of some seconds in which the lower end is searched for.
    ///
    /// # Errors
    /// [`SplitError`] if there is a statement already, or the folder cannot be made or written.
    pub fn create(
        path: &Path,
        question: Question,
        limits: &SeminormLimits,
        jobs: Option<usize>,
    ) -> Result<Folder, SplitError> {
        let place = Place::create(path)?;
        let problem = Problem::new(&question.form, question.affine);
        let mut lower = LowerSearch::new(&problem.table, &limits.watch);
        let (mut trees, mut nodes) = (Vec::new(), 0);
        if problem.begin(&mut lower, limits) {
            let mut setting = problem.setting(limits);
            setting.gap = problem.table.to_units(&question.gap);
            let (least, each) = BEST_FIRST;
            setting.best_first = least.max(each.saturating_mul(jobs.unwrap_or(0)));
            setting.most_open = jobs.unwrap_or(usize::MAX);
            let mut goals = problem.goals(&lower.value);
            follow_rays(&setting, &goals, &mut lower);
            goals.retain(|goal| goal.ideal > lower.value);
            let best = lower.value.clone();
            // Jobs of one process tell each other what they find.
            let probes = if jobs.is_some() { problem.some() } else { 0 };
            let found = trunk(&setting, &goals, best, probes, &mut lower);
            let target = |(goal, tree): (usize, Vec<u8>)| (problem.target(&goals[goal]), tree);
            trees = found.0.into_iter().map(target).collect();
            nodes = found.1;
        }
        let head = StatementHead {
            relucert: STATEMENT.to_owned(),
            producer: PRODUCER.to_owned(),
            networks: question.subject.networks.clone(),
            activation: question.subject.activation.clone().map(StatedRational),
            gap: StatedRational(question.gap.clone()),
            point: numbers(lower.known().0),
            nodes,
        };
        let mut lines = Lines::default();
        lines.push(&head);
        for (target, tree) in &trees {
            push_section(&mut lines, &Below::new(target.clone(), &[]), tree);
        }
        let (text, _) = lines.finish();
        write_durably(&place.statement(), &text)?;
        Folder::open(path)
    }

    /// A folder that was written before, perhaps on another machine.
    ///
    /// # Errors
    /// [`SplitError`] if its statement cannot be read or is none.
    pub fn open(path: &Path) -> Result<Folder, SplitError> {
        let place = Place::at(path);
        let name = place.statement_name();
        let text = place.stated()?;
        let (head, trees, hash) = read::<StatementHead>(&name, &text, STATEMENT)?;
        let question = Question::stated(&head).map_err(|error| SplitError::wrong(&name, error))?;
        Ok(Folder {
            place,
            question,
            head,
            trees,
            hash,
        })
    }

    /// The folder for this question: opened if it has a statement, else made.
    ///
    /// # Errors
    /// [`SplitError`] as [`create`](Self::create) and [`open`](Self::open), and if the statement is about something else.
    pub fn open_or_create(
        path: &Path,
        question: Question,
        limits: &SeminormLimits,
    ) -> Result<Folder, SplitError> {
        let place = Place::at(path);
        if !place.statement().exists() {
            return Folder::create(path, question, limits, None);
        }
        let folder = Folder::open(path)?;
        match folder.question.differs_from(&question) {
            None => Ok(folder),
            Some(what) => Err(place.wrong(format!(
                "is of another search: {what}; give another folder, or remove this one"
            ))),
        }
    }

    /// What is asked.
    pub fn question(&self) -> &Question {
        &self.question
    }

    /// StatedRational of inputs, without the one that stands for biases.
    pub(super) fn inputs(&self) -> usize {
        self.question.form.inputs()
    }
}

impl Question {
    /// r of Γ, or of Θ − Γ, if that makes sense.
    fn stated(head: &StatementHead) -> Result<Question, String> {
        let Networks { gamma, theta, phi } = &head.networks;
        if phi.is_some() {
            return Err("a statement about r has no network phi".to_owned());
        }
        let activation = head.activation.as_ref().map(|a| a.0.clone());
        let slope = activation
            .clone()
            .unwrap_or_else(|| Rational::from_integer(0.into()));
        let mut affine = false;
        let mut form = |network| {
            let network = from_certificate(network).map_err(|error| error.to_string())?;
            affine |= matches!(network, Network::Biased(_));
            CanonicalForm::with_activation(&network, &slope)
                .ok_or_else(|| "a deep network has no canonical form".to_owned())
        };
        let gamma = form(gamma)?;
        let form = match theta {
            None => gamma,
            Some(theta) => form(theta)?
                .minus(&gamma)
                .ok_or("the networks have different inputs or outputs")?,
        };
        Ok(Question {
            subject: Subject {
                networks: head.networks.clone(),
                activation,
            },
            form,
            affine,
            gap: head.gap.0.clone(),
        })
    }

    /// What is not the same in another question.
    fn differs_from(&self, other: &Question) -> Option<&'static str> {
        let [a, b] = [self, other].map(|question| &question.subject.networks);
        if a.gamma != b.gamma {
            return Some("its first network is another one");
        }
        match (&a.theta, &b.theta) {
            (a, b) if a == b => {}
            (None, _) => return Some("it has one network"),
            (_, None) => return Some("it has a second network"),
            _ => return Some("its second network is another one"),
        }
        if self.subject.activation != other.subject.activation {
            return Some("its activation is another one");
        }
        (self.gap != other.gap).then_some("its gap is another one")
    }
}
