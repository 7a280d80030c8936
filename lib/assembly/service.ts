/** Which items make a form: blueprints, proposals, practice, leaks. Each use case takes the actor and asks what he may. */
export { blueprintPage, saveBlueprint } from './blueprint-service'
export { assemblies, assemblyPage, confirmAssembly, startAssembly, swapItem, type FormReport } from './assembly-service'
export { itemReach, leakItem } from './leak-service'
export { formsPage, makePracticeForm } from './practice-service'
export { setCheck, type SetCheck } from './set-check-service'
